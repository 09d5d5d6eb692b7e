extension DocumentCollection where Store: DocumentStore {
    /// About how many documents there are: what the store knows without counting.
    ///
    /// One round trip.
    public func estimatedCount() async throws(StorageError) -> Int {
        try await store.estimatedCount(of: name)
    }

    /// Removes the collection with all its documents and indexes.
    ///
    /// One round trip.
    public func drop() async throws(StorageError) { try await store.drop(name) }
}
