internal import StorageKit

/// A document that an entity reads field by field.
struct BSONKeyedDecoding<Key: CodingKey>: BSONKeyedContainer {
    let scope: BSONScope
    let place: BSONPlace
    /// How many documents and arrays there are down to this one, it included.
    let depth: UInt8

    var codingPath: [any CodingKey] { scope.path(inside: place) }

    var allKeys: [Key] {
        // What cannot be read is no key; reading a value says why.
        scope.names(in: place).compactMap(Key.init(stringValue:))
    }

    func contains(_ key: Key) -> Bool { (try? found(key)) != nil }

    @inline(__always)
    private func found(_ key: some CodingKey) throws -> BSONElement? {
        let name = key.stringValue
        let element = try name.utf8.withContiguousStorageIfAvailable {
            try scope.element(named: $0, in: place, depth)
        }
        return try element ?? scope.element(slowlyNamed: name, in: place, depth)
    }

    @inline(__always)
    private func element(_ key: Key) throws -> BSONElement {
        guard let element = try found(key) else { throw scope.missing(key, in: place) }
        return element
    }

    @inline(__always)
    private func present(_ key: Key) throws -> BSONElement? {
        guard let element = try found(key), !scope.isNil(element) else { return nil }
        return element
    }

    func decodeNil(forKey key: Key) throws -> Bool { scope.isNil(try element(key)) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try scope.bool(element(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try scope.string(element(key))
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try scope.double(element(key))
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try scope.float(element(key))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try scope.integer(element(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try scope.integer(element(key))
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try scope.integer(element(key))
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try scope.integer(element(key))
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try scope.integer(element(key))
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try scope.integer(element(key))
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try scope.integer(element(key))
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try scope.integer(element(key))
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try scope.integer(element(key))
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try scope.integer(element(key))
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try scope.decode(type, element(key), depth)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try present(key).map { try scope.bool($0) }
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key).map { try scope.string($0) }
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try present(key).map { try scope.double($0) }
    }

    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        try present(key).map { try scope.float($0) }
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try present(key).map { try scope.integer($0) }
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        try present(key).map { try scope.decode(type, $0, depth) }
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        try decoding(element(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoding(element(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        decoding(try found(BSONKey.superclass) ?? .absent)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        decoding(try found(key) ?? .absent)
    }

    private func decoding(_ element: BSONElement) -> BSONDecoding {
        BSONDecoding(scope: scope, element: element, depth: depth)
    }
}
