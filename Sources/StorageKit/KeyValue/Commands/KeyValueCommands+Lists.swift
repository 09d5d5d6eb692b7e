extension KeyValueCommands where Store: ListStore {
    /// Adds values at an end, one after the other, so that the last of them is outermost.
    public func listPush(
        _ key: ByteString, _ values: [ByteString], at end: ListEnd = .last
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.list(key, .push(values, end)), decode: ReplyDecoding.count)
    }

    /// Removes and returns the value at an end, or `nil` when there is none.
    public func listPop(
        _ key: ByteString, from end: ListEnd = .first
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.list(key, .pop(end)), decode: ReplyDecoding.value)
    }

    /// Removes and returns values from an end, outermost first, at most `limit`.
    public func listPop(
        _ key: ByteString, from end: ListEnd = .first, limit: Int
    ) -> KeyValueCommand<Store, [ByteString]> {
        KeyValueCommand(.list(key, .popMany(end, limit: limit)), decode: ReplyDecoding.elements)
    }

    /// The values at these indexes; indexes beyond the last are left out.
    public func listRange(
        _ key: ByteString, _ indexes: Range<Int>
    ) -> KeyValueCommand<Store, [ByteString]> {
        KeyValueCommand(.list(key, .range(indexes)), decode: ReplyDecoding.elements)
    }

    /// Removes the values at all other indexes: a log of the last thousand.
    public func listTrim(
        _ key: ByteString, to indexes: Range<Int>
    ) -> KeyValueCommand<Store, Void> {
        KeyValueCommand(.list(key, .trim(indexes)), decode: ReplyDecoding.void)
    }

    /// Removes values equal to this one, from the first on, at most `limit`, `nil` for all.
    public func listRemove(
        _ key: ByteString, _ value: ByteString, limit: Int? = nil
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.list(key, .remove(value, limit: limit)), decode: ReplyDecoding.count)
    }

    /// How many values a list has.
    public func listCount(_ key: ByteString) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.list(key, .count), decode: ReplyDecoding.count)
    }

    /// Moves a value from one list to another in one step, and returns it: a queue that loses
    /// nothing.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd = .first, to target: ByteString,
        _ targetEnd: ListEnd = .last
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(
            .listMove(from: source, sourceEnd, to: target, targetEnd), decode: ReplyDecoding.value)
    }
}
