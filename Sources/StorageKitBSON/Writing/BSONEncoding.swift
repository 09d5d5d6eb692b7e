internal import StorageKit

/// What a value is given to write itself with; for a single value, the container as well.
struct BSONEncoding: Encoder, SingleValueEncodingContainer {
    let writer: BSONWriter

    var codingPath: [any CodingKey] { writer.path }
    var userInfo: [CodingUserInfoKey: Any] { writer.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        writer.open(BSONElementType.document)
        return KeyedEncodingContainer(BSONKeyedEncoding<Key>(writer: writer))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        writer.open(BSONElementType.array)
        return BSONUnkeyedEncoding(writer: writer)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    @inline(__always)
    private func put(_ value: some BSONScalar) throws(StorageError) {
        try writer.openScalar(value.bsonType, value.bsonSize)
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
        let mark = writer.mark
        let place = try writer.claim()
        do {
            if try writer.putKnown(value, at: place) { return }
        } catch {
            writer.abandon(backTo: mark)
            writer.unclaim()
            throw error
        }
        writer.unclaim()
        try value.encode(to: self)
    }
}
