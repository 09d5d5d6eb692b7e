internal import StorageKit

/// An array that an entity reads element by element.
///
/// The names of the elements are not looked at.
struct BSONUnkeyedDecoding: UnkeyedDecodingContainer {
    let scope: BSONScope
    let depth: UInt8
    private let limit: Int32
    private var next: Int32
    private var index: Int32 = 0

    init(scope: BSONScope, place: BSONPlace, depth: UInt8) {
        self.scope = scope
        self.depth = depth
        limit = place.limit
        next = place.first
    }

    var codingPath: [any CodingKey] { scope.path(to: limit) }
    var currentIndex: Int { Int(index) }
    var isAtEnd: Bool { next >= limit }

    /// The whole array's, which is walked for it.
    var count: Int? { scope.count(from: next, limit: limit).map { $0 + currentIndex } }

    /// The next element, on which it stays until a value was read from it.
    @inline(__always)
    private func element() throws -> BSONElement {
        guard let element = try scope.element(at: next, limit: limit) else {
            throw scope.ended(at: limit)
        }
        return element
    }

    @inline(__always)
    private mutating func advance<Value>(
        _ read: (BSONElement) throws -> Value
    ) throws -> Value {
        let element = try element()
        let value = try read(element)
        next = element.end
        index += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard scope.isNil(try element()) else { return false }
        return try advance { _ in true }
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        try advance { [scope] in try scope.bool($0) }
    }

    mutating func decode(_ type: String.Type) throws -> String {
        try advance { [scope] in try scope.string($0) }
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        try advance { [scope] in try scope.double($0) }
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        try advance { [scope] in try scope.float($0) }
    }

    mutating func decode(_ type: Int.Type) throws -> Int {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: UInt.Type) throws -> UInt {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        try advance { [scope] in try scope.integer($0) }
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try advance { [scope, depth] in try scope.decode(type, $0, depth) }
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> {
        try advance { [scope, depth] in
            try BSONDecoding(scope: scope, element: $0, depth: depth).container(keyedBy: type)
        }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try advance { [scope, depth] in
            try BSONDecoding(scope: scope, element: $0, depth: depth).unkeyedContainer()
        }
    }

    mutating func superDecoder() throws -> any Decoder {
        try advance { [scope, depth] in BSONDecoding(scope: scope, element: $0, depth: depth) }
    }
}
