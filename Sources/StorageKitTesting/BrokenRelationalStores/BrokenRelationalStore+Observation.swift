public import StorageKit

extension BrokenRelationalStore: ChangeObservingStore where Base: ChangeObservingStore {
    /// Observes, with the defect.
    public func changes(
        in tables: Set<String>
    ) async throws(StorageError) -> BrokenChangeSequence<Base.ChangeSequence> {
        if defect == .observesNothing, tables.isEmpty {
            return try await changes(in: ["nothing"])
        }
        let base = base
        if defect == .observesWhenRead {
            return BrokenChangeSequence(
                open: { () async throws(StorageError) in try await base.changes(in: tables) },
                defect: defect, observation: observation)
        }
        let sequence = try await base.changes(in: tables)
        return BrokenChangeSequence(
            open: { sequence }, defect: defect, observation: observation)
    }
}
