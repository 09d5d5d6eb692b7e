/// What a value is given to read itself from; for a single value, the container as well.
struct GraphDecoding: Decoder, SingleValueDecodingContainer {
    /// The value; null for a property that is not there.
    let value: GraphQueryValue
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(GraphKeyedDecoding(decoding: self, fields: try fields()))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        GraphUnkeyedDecoding(decoding: self, elements: try elements())
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value == .null }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if value == .null, !(type is any ExpressibleByNilLiteral.Type) {
            throw StorageError.graphDecoding(
                "there is no such property, and \(type) is due", codingPath)
        }
        if let known = try known(type), let value = known as? Value { return value }
        return try Value(from: self)
    }

    /// That of a value inside.
    func inside(_ value: GraphQueryValue, _ key: any CodingKey) -> GraphDecoding {
        GraphDecoding(value: value, codingPath: codingPath + [key])
    }

    private func fields() throws(StorageError) -> [String: GraphQueryValue] {
        switch value {
        case .map(let fields): return fields
        case .node(let node): return GraphQueryValue.fields(of: node.properties)
        case .relationship(let found): return GraphQueryValue.fields(of: found.properties)
        case .null, .value, .list, .path: throw wrong("an entity with fields")
        }
    }

    private func elements() throws(StorageError) -> [GraphQueryValue] {
        switch value {
        case .list(let values): return values
        case .value(.list(let values)): return values.map { .value($0) }
        default: throw wrong("a list")
        }
    }
}

// MARK: The types that properties have

extension GraphDecoding {
    /// A value of the type, if a property has one for it.
    private func known(_ type: any Decodable.Type) throws(StorageError) -> (any Decodable)? {
        switch type {
        case let type as any (FixedWidthInteger & Decodable).Type: return try integer(type)
        case is Double.Type: return try double()
        case is Float.Type: return try float()
        case is Bool.Type:
            guard case .value(.bool(let flag)) = value else { throw wrong("Bool") }
            return flag
        case is String.Type:
            guard case .value(.string(let text)) = value else { throw wrong("String") }
            return text
        case is [UInt8].Type:
            guard case .value(.bytes(let bytes)) = value else { return nil }
            return bytes
        default: return nil
        }
    }

    /// The number, if it is one of this type exactly.
    private func integer<Number: FixedWidthInteger & Decodable>(
        _ type: Number.Type
    ) throws(StorageError) -> Number {
        let number: Number? =
            switch value {
            case .value(.integer(let number)): Number(exactly: number)
            case .value(.double(let number)): Number(exactly: number)
            default: throw wrong("\(type)")
            }
        guard let number else { throw inexact(type) }
        return number
    }

    private func double() throws(StorageError) -> Double {
        switch value {
        case .value(.double(let number)): return number
        case .value(.integer(let whole)):
            guard let number = Double(exactly: whole) else { throw inexact(Double.self) }
            return number
        default: throw wrong("Double")
        }
    }

    /// The nearest number of the type: it was stored as one of 64 bits, perhaps by others.
    private func float() throws(StorageError) -> Float {
        let double = try double()
        let float = Float(double)
        guard float.isFinite || !double.isFinite else { throw inexact(Float.self) }
        return float
    }

    private func wrong(_ wanted: String) -> StorageError {
        .graphDecoding("\(wanted) is due, and \(value.kind) is there", codingPath)
    }

    private func inexact(_ type: Any.Type) -> StorageError {
        .graphDecoding("the number does not fit \(type)", codingPath)
    }
}

extension GraphQueryValue {
    /// What it is, for messages.
    var kind: String {
        switch self {
        case .null: "no value"
        case .value(.bool): "a boolean"
        case .value(.integer): "a whole number"
        case .value(.double): "a floating-point number"
        case .value(.string): "a text"
        case .value(.bytes): "bytes"
        case .value(.list), .list: "a list"
        case .map: "a map"
        case .node: "a node"
        case .relationship: "a relationship"
        case .path: "a path"
        }
    }
}

/// The fields that an entity reads.
private struct GraphKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoding: GraphDecoding
    let fields: [String: GraphQueryValue]

    var codingPath: [any CodingKey] { decoding.codingPath }
    var allKeys: [Key] { fields.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }

    private func field(_ key: any CodingKey) -> GraphDecoding {
        decoding.inside(fields[key.stringValue] ?? .null, key)
    }

    func decodeNil(forKey key: Key) -> Bool { field(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try field(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try field(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try field(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { field(GraphKey("super")) }

    func superDecoder(forKey key: Key) -> any Decoder { field(key) }
}

/// The elements of a list that an entity reads.
private struct GraphUnkeyedDecoding: UnkeyedDecodingContainer {
    let decoding: GraphDecoding
    let elements: [GraphQueryValue]
    private(set) var currentIndex = 0

    init(decoding: GraphDecoding, elements: [GraphQueryValue]) {
        self.decoding = decoding
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private func element() throws(StorageError) -> GraphDecoding {
        let key = GraphKey("\(currentIndex)")
        guard !isAtEnd else {
            throw .graphDecoding("there is no such element", codingPath + [key])
        }
        return decoding.inside(elements[currentIndex], key)
    }

    private mutating func next<Value>(_ read: (GraphDecoding) throws -> Value) throws -> Value {
        let value = try read(element())
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        let isNil = try element().decodeNil()
        if isNil { currentIndex += 1 }
        return isNil
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}
