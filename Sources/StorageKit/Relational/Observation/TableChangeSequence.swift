/// The changes of observed tables, from the moment the observation began.
///
/// What has not been read waits as one set of tables. Iterators share it: each event goes to one of
/// them. It ends when it and its iterators are gone, when a task that reads is cancelled, and when
/// the store is closed.
public struct TableChangeSequence: AsyncSequence, Sendable {
    /// What is read.
    public typealias Element = TableChanges
    /// What may go wrong: the store lost what it listened with, for good.
    public typealias Failure = StorageError

    private let membership: TableChangeMembership

    init(_ membership: TableChangeMembership) { self.membership = membership }

    /// What waits to be read; for tests of when it is there.
    package var pendingTables: Set<String> { membership.buffer.pendingTables }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(membership: membership) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let membership: TableChangeMembership

        /// The next event, or `nil` when the observation has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> TableChanges? {
            let membership = membership
            // The handler is for bodies that throw anything; this one throws what it says.
            let outcome = await withTaskCancellationHandler {
                await Result { () async throws(StorageError) in try await membership.buffer.next() }
            } onCancel: {
                membership.end()
            }
            return try outcome.get()
        }
    }
}

extension Result where Failure == StorageError {
    fileprivate init(_ body: () async throws(StorageError) -> Success) async {
        do throws(StorageError) { self = .success(try await body()) } catch {
            self = .failure(error)
        }
    }
}
