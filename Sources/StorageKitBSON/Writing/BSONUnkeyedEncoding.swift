internal import StorageKit

/// An array that an entity writes element by element.
struct BSONUnkeyedEncoding: UnkeyedEncodingContainer {
    let writer: BSONWriter

    var codingPath: [any CodingKey] { writer.path }
    var count: Int { writer.index }

    @inline(__always)
    private func put(_ value: some BSONScalar) throws(StorageError) {
        _ = try writer.beginNext(value.bsonType)
        try writer.output.reserve(value.bsonSize)
        value.append(to: writer.output)
    }

    mutating func encodeNil() throws { try put(BSONBareType.null) }
    mutating func encode(_ value: Bool) throws { try put(value) }
    mutating func encode(_ value: String) throws { try put(value) }
    mutating func encode(_ value: Double) throws { try put(value) }
    mutating func encode(_ value: Float) throws { try put(Double(value)) }
    mutating func encode(_ value: Int) throws { try put(Int64(value)) }
    mutating func encode(_ value: Int8) throws { try put(Int32(value)) }
    mutating func encode(_ value: Int16) throws { try put(Int32(value)) }
    mutating func encode(_ value: Int32) throws { try put(value) }
    mutating func encode(_ value: Int64) throws { try put(value) }
    mutating func encode(_ value: UInt8) throws { try put(Int32(value)) }
    mutating func encode(_ value: UInt16) throws { try put(Int32(value)) }
    mutating func encode(_ value: UInt32) throws { try put(Int64(value)) }
    mutating func encode(_ value: UInt) throws {
        try put(writer.fitting(value))
    }
    mutating func encode(_ value: UInt64) throws {
        try put(writer.fitting(value))
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try writer.putAny(value, at: writer.beginNext(BSONElementType.unknown))
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy keyType: Inner.Type
    ) -> KeyedEncodingContainer<Inner> {
        let inner = nest()
        inner.open(BSONElementType.document)
        return KeyedEncodingContainer(BSONKeyedEncoding<Inner>(writer: inner))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let inner = nest()
        inner.open(BSONElementType.array)
        return BSONUnkeyedEncoding(writer: inner)
    }

    mutating func superEncoder() -> any Encoder { BSONEncoding(writer: nest()) }

    private func nest() -> BSONWriter {
        do {
            return try writer.nest(at: writer.beginNext(BSONElementType.unknown))
        } catch {
            writer.fail(error)
            return BSONWriter(userInfo: writer.userInfo)
        }
    }
}
