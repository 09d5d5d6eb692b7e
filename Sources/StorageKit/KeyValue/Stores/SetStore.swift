/// A store with sets: members without order, each once.
///
/// Every operation throws ``StorageError/Code/wrongType`` when the key holds another kind of value.
/// A set that loses its last member does not exist.
public protocol SetStore: KeyValueStore {}

extension SetStore {
    /// Adds members.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of them are new.
    @discardableResult
    public func setAdd(
        _ key: ByteString, _ members: [ByteString]
    ) async throws(StorageError) -> Int {
        try await perform(commands.setAdd(key, members))
    }

    /// Removes members.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of them there were.
    @discardableResult
    public func setRemove(
        _ key: ByteString, _ members: [ByteString]
    ) async throws(StorageError) -> Int {
        try await perform(commands.setRemove(key, members))
    }

    /// Whether something is a member.
    ///
    /// One round trip.
    public func setContains(
        _ key: ByteString, _ member: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.setContains(key, member))
    }

    /// Every member of a set; none when it does not exist.
    ///
    /// One round trip. The whole set is in one answer: for one that can grow large use
    /// ``setMembers(of:pageSize:)``.
    public func setMembers(of key: ByteString) async throws(StorageError) -> Set<ByteString> {
        try await perform(commands.setMembers(of: key))
    }

    /// How many members a set has.
    ///
    /// One round trip.
    public func setCount(_ key: ByteString) async throws(StorageError) -> Int {
        try await perform(commands.setCount(key))
    }

    /// The members of several sets combined; one that does not exist has none.
    ///
    /// One round trip. The whole answer is in memory.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when there are no keys.
    public func setCombine(
        _ combination: SetCombination, _ keys: [ByteString]
    ) async throws(StorageError) -> Set<ByteString> {
        try await perform(commands.setCombine(combination, keys))
    }

    /// Some of the members of a set.
    ///
    /// One round trip. A member that is there all the while is visited at least once; `limit`, at
    /// least 1, is about how many members to look at.
    public func setMembers(
        of key: ByteString, after cursor: ScanCursor?, limit: Int
    ) async throws(StorageError) -> ScanPage<ByteString> {
        try await perform(commands.setMembers(of: key, after: cursor, limit: limit))
    }
}
