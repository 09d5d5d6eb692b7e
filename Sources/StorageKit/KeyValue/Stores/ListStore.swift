/// A store with lists: values in the order they were added, cheap at both ends: queues and stacks.
///
/// ```swift
/// try await store.listPush("jobs", ["resize 17"])
/// let job = try await store.listPop("jobs")
/// ```
///
/// Index 0 is the first value. Every operation throws ``StorageError/Code/wrongType`` when the key
/// holds another kind of value. A list that loses its last value does not exist. To wait for a
/// value there is ``BlockingListStore``.
public protocol ListStore: KeyValueStore {}

extension ListStore {
    /// Adds values at an end, one after the other, so that the last of them is outermost.
    ///
    /// One round trip.
    ///
    /// - Returns: The new length.
    /// - Throws: ``StorageError/Code/invalidArgument`` when there are no values.
    @discardableResult
    public func listPush(
        _ key: ByteString, _ values: [ByteString], at end: ListEnd = .last
    ) async throws(StorageError) -> Int {
        try await perform(commands.listPush(key, values, at: end))
    }

    /// Removes and returns the value at an end, or `nil` when there is none.
    ///
    /// One round trip.
    @discardableResult
    public func listPop(
        _ key: ByteString, from end: ListEnd = .first
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.listPop(key, from: end))
    }

    /// Removes and returns values from an end, outermost first, at most `limit`.
    ///
    /// One round trip.
    @discardableResult
    public func listPop(
        _ key: ByteString, from end: ListEnd = .first, limit: Int
    ) async throws(StorageError) -> [ByteString] {
        try await perform(commands.listPop(key, from: end, limit: limit))
    }

    /// The values at these indexes; indexes beyond the last are left out.
    ///
    /// One round trip. Complexity: linear in the distance from the nearer end, and in how many
    /// there are.
    public func listRange(
        _ key: ByteString, _ indexes: Range<Int>
    ) async throws(StorageError) -> [ByteString] {
        try await perform(commands.listRange(key, indexes))
    }

    /// Removes the values at all other indexes: a log of the last thousand.
    ///
    /// One round trip.
    public func listTrim(_ key: ByteString, to indexes: Range<Int>) async throws(StorageError) {
        try await perform(commands.listTrim(key, to: indexes))
    }

    /// Removes values equal to this one, from the first on, at most `limit`, `nil` for all.
    ///
    /// One round trip. Complexity: linear in the length.
    ///
    /// - Returns: How many were removed.
    @discardableResult
    public func listRemove(
        _ key: ByteString, _ value: ByteString, limit: Int? = nil
    ) async throws(StorageError) -> Int {
        try await perform(commands.listRemove(key, value, limit: limit))
    }

    /// How many values a list has.
    ///
    /// One round trip.
    public func listCount(_ key: ByteString) async throws(StorageError) -> Int {
        try await perform(commands.listCount(key))
    }

    /// Moves a value from one list to another in one step, and returns it: a queue that loses
    /// nothing.
    ///
    /// A worker moves a job to a list of its own, works, and removes it there; what is in the list
    /// of a worker that died can be moved back.
    ///
    /// One round trip. Both lists may be the same.
    @discardableResult
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd = .first, to target: ByteString,
        _ targetEnd: ListEnd = .last
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.listMove(from: source, sourceEnd, to: target, targetEnd))
    }
}
