/// A row as a keyed container for writing: the keys become the columns' names.
///
/// A `nil` is written as NULL and not left out, as `Codable`'s own default would do: all entities
/// of a type give the same columns, and replacing an entity really clears what it has no value for.
struct RowEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let collector: RowCollector

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { collector.set(.null, for: key.stringValue) }

    func encode(_ value: Bool, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: String, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Double, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Float, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Int, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Int8, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try set(value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try set(value, key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        collector.set(try ColumnEncoder.encode(value), for: key.stringValue)
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try set(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try set(value, key) }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        guard let value else { return encodeNil(forKey: key) }
        try encode(value, forKey: key)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        fail("column \"\(key.stringValue)\" is written as a container")
        return KeyedEncodingContainer(IgnoringKeyedContainer<NestedKey>())
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        fail("column \"\(key.stringValue)\" is written as a container")
        return IgnoringContainer()
    }

    func superEncoder() -> any Encoder {
        fail("a row has no superclass part")
        return IgnoringContainer()
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }

    private func set(_ value: some SQLBindable, _ key: Key) throws {
        collector.set(try value.sqlValue, for: key.stringValue)
    }

    private func fail(_ what: String) {
        collector.failure = StorageError(
            code: .encodingFailed,
            message: what + "; give the property a Codable type of its own, which is kept as JSON")
    }
}
