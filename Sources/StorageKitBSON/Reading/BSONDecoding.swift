internal import StorageKit

/// What a value is given to read itself from; for a single value, the container as well.
struct BSONDecoding: Decoder, SingleValueDecodingContainer {
    let scope: BSONScope
    let element: BSONElement
    /// How many documents and arrays are around the element.
    let depth: UInt8

    var codingPath: [any CodingKey] { scope.path(to: element.key) }
    var userInfo: [CodingUserInfoKey: Any] { scope.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        BSONKeyedMakers.container(
            type, scope, try scope.open(element, BSONElementType.document, depth), depth + 1)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        BSONUnkeyedDecoding(
            scope: scope, place: try scope.open(element, BSONElementType.array, depth),
            depth: depth + 1)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { scope.isNil(element) }

    func decode(_ type: Bool.Type) throws -> Bool { try scope.bool(scope.lent(element)) }
    func decode(_ type: String.Type) throws -> String { try scope.string(scope.lent(element)) }
    func decode(_ type: Double.Type) throws -> Double { try scope.double(scope.lent(element)) }
    func decode(_ type: Float.Type) throws -> Float { try scope.float(scope.lent(element)) }
    func decode(_ type: Int.Type) throws -> Int { try scope.integer(scope.lent(element)) }
    func decode(_ type: Int8.Type) throws -> Int8 { try scope.integer(scope.lent(element)) }
    func decode(_ type: Int16.Type) throws -> Int16 { try scope.integer(scope.lent(element)) }
    func decode(_ type: Int32.Type) throws -> Int32 { try scope.integer(scope.lent(element)) }
    func decode(_ type: Int64.Type) throws -> Int64 { try scope.integer(scope.lent(element)) }
    func decode(_ type: UInt.Type) throws -> UInt { try scope.integer(scope.lent(element)) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try scope.integer(scope.lent(element)) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try scope.integer(scope.lent(element)) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try scope.integer(scope.lent(element)) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try scope.integer(scope.lent(element)) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try scope.decode(type, scope.lent(element), depth)
    }
}
