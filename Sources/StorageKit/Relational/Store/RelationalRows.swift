/// The rows of a statement as an `AsyncSequence` with back-pressure.
///
/// ```swift
/// for try await todo in store.query("SELECT * FROM todo ORDER BY id", as: Todo.self) { … }
/// ```
///
/// * Each iteration runs the statement anew; nothing runs before its first row is asked for.
/// * At most one batch of rows is in memory. Leaving the loop ends the statement.
/// * Iterated on a store, it holds a connection until it ends; on a connection, until the
///   transaction ends at the latest.
/// * An error ends it. Cancelling the task throws ``StorageError/Code/cancelled``.
public struct RelationalRows<Row: Sendable>: AsyncSequence, Sendable {
    /// Walks the rows once.
    public struct AsyncIterator: AsyncIteratorProtocol {
        // What a row costs is inlinable: the loop of the user's module is then compiled for the
        // user's type, and asks nobody how to copy it.
        @usableFromInline let run: RelationalRun<Row>
        @usableFromInline var batch: [Row] = []
        /// The place of the next row in the batch.
        @usableFromInline var position = 0

        fileprivate init(_ source: any RelationalRowSource<Row>) { run = RelationalRun(source) }

        /// The next row, or `nil` at the end.
        @inlinable
        public mutating func next() async throws(StorageError) -> Row? {
            try await next(isolation: #isolation)
        }

        /// The next row, or `nil` at the end.
        @inlinable
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(StorageError) -> Row? {
            if position == batch.count {
                // Not two batches at once.
                batch = []
                position = 0
                batch = try await run.nextBatch()
                guard !batch.isEmpty else { return nil }
            }
            defer { position += 1 }
            return batch[position]
        }
    }

    private let makeSource: @Sendable () -> any RelationalRowSource<Row>

    /// Creates rows.
    ///
    /// - Parameter makeSource: Called once for each iteration; it does nothing yet.
    public init(_ makeSource: @escaping @Sendable () -> any RelationalRowSource<Row>) {
        self.makeSource = makeSource
    }

    /// Begins an iteration.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(makeSource()) }
}

/// One iteration: it closes its source when it ends, however it ends.
@usableFromInline
final class RelationalRun<Row: Sendable> {
    private var source: (any RelationalRowSource<Row>)?

    fileprivate init(_ source: any RelationalRowSource<Row>) { self.source = source }

    deinit { source?.close() }

    @usableFromInline
    func nextBatch() async throws(StorageError) -> [Row] {
        guard let source else { return [] }
        do throws(StorageError) {
            let batch = try await source.nextBatch()
            if batch.isEmpty { end() }
            return batch
        } catch {
            end()
            throw error
        }
    }

    private func end() { source.take()?.close() }
}
