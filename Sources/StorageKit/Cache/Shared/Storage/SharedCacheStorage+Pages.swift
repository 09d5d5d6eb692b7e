extension SharedCacheStorage {
    /// Visits the keys of all records in a store, a page at a time.
    ///
    /// One round trip a page, and what the body needs. A key may be visited more than once.
    ///
    /// - Returns: The sum of what the body returned.
    package func sum(
        overKeysIn store: some KeyValueStore, pageSize: Int = 512,
        _ body: ([ByteString]) async throws(StorageError) -> Int
    ) async throws(StorageError) -> Int {
        var (sum, cursor) = (0, ScanCursor?.none)
        repeat {
            let page = try await store.perform(
                KeyValueCommands().keys(
                    withPrefix: names.records, after: cursor, limit: pageSize))
            let keys = page.elements.compactMap(names.key(ofRecord:))
            if !keys.isEmpty { sum += try await body(keys) }
            cursor = page.next
        } while cursor != nil
        return sum
    }
}
