public import StorageKit
internal import Synchronization

/// What a broken store remembers of what was done, to report it wrongly.
final class BrokenObservation: Sendable {
    /// Tables that it will name although nothing of them was committed.
    let madeUp = Mutex<Set<String>>([])
    /// Tables that it will keep to itself.
    let concealed = Mutex<Set<String>>([])
}

/// The changes of a broken store, with its defect.
public struct BrokenChangeSequence<Base>: AsyncSequence, Sendable
where Base: AsyncSequence<TableChanges, StorageError> & Sendable {
    /// That of what is wrapped.
    public typealias Failure = StorageError

    let open: @Sendable () async throws(StorageError) -> Base
    let defect: RelationalDefect
    let observation: BrokenObservation

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let sequence: BrokenChangeSequence
        private var base: Base.AsyncIterator?

        fileprivate init(sequence: BrokenChangeSequence) { self.sequence = sequence }

        /// The next event, with the defect.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> TableChanges? {
            if sequence.defect == .endsAtOnce { return nil }
            if base == nil { base = try await sequence.open().makeAsyncIterator() }
            guard var event = try await base?.next(isolation: actor) else {
                guard sequence.defect == .endsWithAnError else { return nil }
                throw StorageError(code: .unavailable, message: "the observation has ended")
            }
            sequence.falsify(&event)
            return event
        }
    }

    private func falsify(_ event: inout TableChanges) {
        event.tables.formUnion(
            observation.madeUp.withLock { tables in
                defer { tables = [] }
                return tables
            })
        event.tables.subtract(
            observation.concealed.withLock { tables in
                defer { tables = [] }
                return tables
            })
        if defect == .namesUnobservedTables { event.tables.insert("thing") }
        if defect == .keepsLastTable, let last = event.tables.max() { event.tables = [last] }
    }
}
