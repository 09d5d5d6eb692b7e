extension KeyValueCommands where Store: HashStore {
    /// Sets fields of a hash; others stay.
    public func hashSet(
        _ key: ByteString, _ fields: [ByteString: ByteString]
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(
            .hash(key, .set(fields.map { HashField(name: $0.key, value: $0.value) })),
            decode: ReplyDecoding.count)
    }

    /// The value of a field, or `nil` when there is none.
    public func hashGet(
        _ key: ByteString, field: ByteString
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.hash(key, .get(field)), decode: ReplyDecoding.value)
    }

    /// The values of fields, each at the position of its field, `nil` where there is none.
    public func hashGet(
        _ key: ByteString, fields: [ByteString]
    ) -> KeyValueCommand<Store, [ByteString?]> {
        KeyValueCommand(.hash(key, .getMany(fields)), decode: ReplyDecoding.values)
    }

    /// Every field of a hash; none when it does not exist.
    public func hashGetAll(_ key: ByteString) -> KeyValueCommand<Store, [ByteString: ByteString]> {
        KeyValueCommand(.hash(key, .getAll), decode: ReplyDecoding.fields)
    }

    /// Adds to the integer in a field, from zero when there is none.
    public func hashIncrement(
        _ key: ByteString, field: ByteString, by amount: Int64 = 1
    ) -> KeyValueCommand<Store, Int64> {
        KeyValueCommand(.hash(key, .increment(field, by: amount)), decode: ReplyDecoding.integer)
    }

    /// Adds to the number in a field, from zero when there is none.
    public func hashIncrementFloat(
        _ key: ByteString, field: ByteString, by amount: Double
    ) -> KeyValueCommand<Store, Double> {
        KeyValueCommand(
            .hash(key, .incrementFloat(field, by: amount)), decode: ReplyDecoding.number)
    }

    /// Deletes fields.
    public func hashDelete(_ key: ByteString, fields: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.hash(key, .delete(fields)), decode: ReplyDecoding.count)
    }

    /// Whether a hash has a field.
    public func hashExists(_ key: ByteString, field: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.hash(key, .exists(field)), decode: ReplyDecoding.flag)
    }

    /// How many fields a hash has.
    public func hashCount(_ key: ByteString) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.hash(key, .count), decode: ReplyDecoding.count)
    }

    /// Some of the fields of a hash.
    public func hashFields(
        _ key: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<HashField>> {
        KeyValueCommand(.hash(key, .scan(cursor, limit: limit)), decode: ReplyDecoding.fieldPage)
    }
}
