/// What a query finds, as an `AsyncSequence` with back-pressure: rows or documents.
///
/// ```swift
/// for try await todo in store.query("SELECT * FROM todo ORDER BY id", as: Todo.self) { … }
/// ```
///
/// * Each iteration runs the query anew; nothing runs before its first result is asked for.
/// * At most one batch of results is in memory. Leaving the loop ends the query.
/// * Iterated on a store, it may hold a connection until it ends; on a held connection or in a
///   transaction, until that ends at the latest.
/// * An error ends it. Cancelling the task throws ``StorageError/Code/cancelled``.
public struct ResultSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// Walks the results once.
    public struct AsyncIterator: AsyncIteratorProtocol {
        // What a result costs is inlinable: the loop of the user's module is then compiled for the
        // user's type, and asks nobody how to copy it.
        @usableFromInline let run: ResultRun<Element>
        @usableFromInline var batch: [Element] = []
        /// The place of the next result in the batch.
        @usableFromInline var position = 0

        fileprivate init(_ source: any ResultSource<Element>) { run = ResultRun(source) }

        /// The next result, or `nil` at the end.
        @inlinable
        public mutating func next() async throws(StorageError) -> Element? {
            try await next(isolation: #isolation)
        }

        /// The next result, or `nil` at the end.
        @inlinable
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(StorageError) -> Element? {
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

    let makeSource: @Sendable () -> any ResultSource<Element>

    /// Creates a sequence.
    ///
    /// - Parameter makeSource: Called once for each iteration; it does nothing yet.
    public init(_ makeSource: @escaping @Sendable () -> any ResultSource<Element>) {
        self.makeSource = makeSource
    }

    /// Begins an iteration.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(makeSource()) }
}

/// One iteration: it closes its source when it ends, however it ends.
@usableFromInline
final class ResultRun<Element: Sendable> {
    private var source: (any ResultSource<Element>)?

    fileprivate init(_ source: any ResultSource<Element>) { self.source = source }

    deinit { source?.close() }

    @usableFromInline
    func nextBatch() async throws(StorageError) -> [Element] {
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
