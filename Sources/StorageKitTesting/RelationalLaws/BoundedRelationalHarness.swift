/// A harness that can make stores with few connections and little patience.
public protocol BoundedRelationalHarness: RelationalHarness {
    /// How many bodies that read and write can run at once on such a store.
    var boundedWriters: Int { get }

    /// A fresh store whose calls wait so long for a connection and no longer.
    func makeSubject(patience: Duration) async throws -> Subject
}
