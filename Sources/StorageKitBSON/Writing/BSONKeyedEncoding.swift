internal import StorageKit

/// A document that an entity writes field by field.
struct BSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: BSONWriter

    var codingPath: [any CodingKey] { writer.path }

    @inline(__always)
    private func put(_ value: some BSONScalar, _ key: Key) throws(StorageError) {
        _ = try writer.begin(key.stringValue, value.bsonType)
        try writer.output.reserve(value.bsonSize)
        value.append(to: writer.output)
    }

    mutating func encodeNil(forKey key: Key) throws { try put(BSONBareType.null, key) }
    mutating func encode(_ value: Bool, forKey key: Key) throws { try put(value, key) }
    mutating func encode(_ value: String, forKey key: Key) throws { try put(value, key) }
    mutating func encode(_ value: Double, forKey key: Key) throws { try put(value, key) }
    mutating func encode(_ value: Float, forKey key: Key) throws { try put(Double(value), key) }
    mutating func encode(_ value: Int, forKey key: Key) throws { try put(Int64(value), key) }
    mutating func encode(_ value: Int8, forKey key: Key) throws { try put(Int32(value), key) }
    mutating func encode(_ value: Int16, forKey key: Key) throws { try put(Int32(value), key) }
    mutating func encode(_ value: Int32, forKey key: Key) throws { try put(value, key) }
    mutating func encode(_ value: Int64, forKey key: Key) throws { try put(value, key) }
    mutating func encode(_ value: UInt8, forKey key: Key) throws { try put(Int32(value), key) }
    mutating func encode(_ value: UInt16, forKey key: Key) throws { try put(Int32(value), key) }
    mutating func encode(_ value: UInt32, forKey key: Key) throws { try put(Int64(value), key) }
    mutating func encode(_ value: UInt, forKey key: Key) throws {
        try put(writer.fitting(value, key), key)
    }
    mutating func encode(_ value: UInt64, forKey key: Key) throws {
        try put(writer.fitting(value, key), key)
    }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let place = try writer.begin(key.stringValue, BSONElementType.unknown)
        try writer.putAny(value, at: place)
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy keyType: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        let inner = nest(key)
        inner.open(BSONElementType.document)
        return KeyedEncodingContainer(BSONKeyedEncoding<Inner>(writer: inner))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let inner = nest(key)
        inner.open(BSONElementType.array)
        return BSONUnkeyedEncoding(writer: inner)
    }

    mutating func superEncoder() -> any Encoder {
        BSONEncoding(writer: nest(BSONKey.superclass))
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder { BSONEncoding(writer: nest(key)) }

    /// A writer for what belongs behind the name.
    ///
    /// A name that is none is an error when the document is closed, since a container that is made
    /// inside another cannot throw.
    private func nest(_ key: some CodingKey) -> BSONWriter {
        do {
            return try writer.nest(at: writer.begin(key.stringValue, BSONElementType.unknown))
        } catch {
            writer.fail(error)
            return BSONWriter(userInfo: writer.userInfo)
        }
    }
}
