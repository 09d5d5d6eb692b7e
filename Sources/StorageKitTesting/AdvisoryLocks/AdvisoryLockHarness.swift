public import StorageKit

/// How the laws of advisory locks get them: those of a database of its own, and the same ones as
/// another program sees them.
public protocol AdvisoryLockHarness: ConformanceHarness where Subject: AdvisoryLockStore {
    /// The same locks, by way of another connection to their database.
    func makePeer(of subject: Subject) async throws -> Subject
}
