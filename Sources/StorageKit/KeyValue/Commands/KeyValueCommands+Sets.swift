extension KeyValueCommands where Store: SetStore {
    /// Adds members.
    public func setAdd(_ key: ByteString, _ members: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .add(members)), decode: ReplyDecoding.count)
    }

    /// Removes members.
    public func setRemove(
        _ key: ByteString, _ members: [ByteString]
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .remove(members)), decode: ReplyDecoding.count)
    }

    /// Whether something is a member.
    public func setContains(
        _ key: ByteString, _ member: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.memberSet(key, .contains(member)), decode: ReplyDecoding.flag)
    }

    /// Every member of a set; none when it does not exist.
    public func setMembers(of key: ByteString) -> KeyValueCommand<Store, Set<ByteString>> {
        KeyValueCommand(.memberSet(key, .members), decode: ReplyDecoding.elementSet)
    }

    /// How many members a set has.
    public func setCount(_ key: ByteString) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.memberSet(key, .count), decode: ReplyDecoding.count)
    }

    /// The members of several sets combined; one that does not exist has none.
    public func setCombine(
        _ combination: SetCombination, _ keys: [ByteString]
    ) -> KeyValueCommand<Store, Set<ByteString>> {
        KeyValueCommand(.combineSets(combination, keys), decode: ReplyDecoding.elementSet)
    }

    /// Some of the members of a set.
    public func setMembers(
        of key: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<ByteString>> {
        KeyValueCommand(
            .memberSet(key, .scan(cursor, limit: limit)), decode: ReplyDecoding.elementPage)
    }
}
