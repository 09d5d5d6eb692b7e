#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a value is given to read itself from; for a single value, the container as well.
struct DocumentDecoding: Decoder, SingleValueDecodingContainer {
    let value: DocumentValue
    let codingPath: [any CodingKey]
    let values: [CodingUserInfoKey: any Sendable]

    init(
        value: DocumentValue, codingPath: [any CodingKey],
        userInfo: [CodingUserInfoKey: any Sendable]
    ) {
        self.value = value
        self.codingPath = codingPath
        values = userInfo
    }

    var userInfo: [CodingUserInfoKey: Any] { values }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .document(let document) = value else { throw wrong("a document") }
        return KeyedDecodingContainer(DocumentKeyedDecoding(decoding: self, document: document))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw wrong("an array") }
        return DocumentUnkeyedDecoding(decoding: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value == .null || value == .undefined }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = try known(type), let value = known as? Value { return value }
        return try Value(from: self)
    }

    /// That of a value inside.
    func inside(_ value: DocumentValue, _ key: any CodingKey) -> DocumentDecoding {
        DocumentDecoding(value: value, codingPath: codingPath + [key], userInfo: values)
    }
}

// MARK: The types that documents have

extension DocumentDecoding {
    /// A value of the type, if a document has one for it.
    private func known(_ type: any Decodable.Type) throws(StorageError) -> (any Decodable)? {
        switch type {
        case let type as any (FixedWidthInteger & Decodable).Type: try integer(type)
        case is Double.Type: try double()
        case is Float.Type: try float()
        case is Decimal.Type: try decimal()
        case is Bool.Type: try bool()
        case is String.Type: try text()
        case is Date.Type: try date().date
        case is DocumentDate.Type: try date()
        case is UUID.Type: try uuid()
        case is Data.Type: try data()
        case is Document.Type: try document()
        case is DocumentValue.Type: value
        case is ObjectID.Type: try objectID()
        case is DocumentBinary.Type: try binary()
        case is Decimal128.Type: try decimal128()
        case is DocumentTimestamp.Type: try timestamp()
        case is DocumentRegularExpression.Type: try pattern()
        case is DocumentPointer.Type: try pointer()
        default: nil
        }
    }

    /// The number, if it is one of this type exactly, whatever type it has in the document.
    private func integer<Number: FixedWidthInteger & Decodable>(
        _ type: Number.Type
    ) throws(StorageError) -> Number {
        let whole: Int64? =
            switch value {
            case .int32(let number): Int64(number)
            case .int64(let number): number
            case .double(let number): Int64(exactly: number)
            case .decimal128(let number): Int64(exactly: number)
            default: throw wrong("a whole number")
            }
        guard let whole, let number = Number(exactly: whole) else { throw inexact(type) }
        return number
    }

    private func double() throws(StorageError) -> Double {
        let exact: Double? =
            switch value {
            case .double(let number): number
            case .int32(let number): Double(number)
            case .int64(let number): Double(exactly: number)
            case .decimal128(let number): Double(exactly: number)
            default: throw wrong("a number")
            }
        guard let exact else { throw inexact(Double.self) }
        return exact
    }

    /// The nearest number of the type: it was stored as one of 64 bits, perhaps by others.
    private func float() throws(StorageError) -> Float {
        let double = try double()
        let float = Float(double)
        guard float.isFinite || !double.isFinite else { throw inexact(Float.self) }
        return float
    }

    private func decimal() throws(StorageError) -> Decimal {
        switch value {
        case .int32(let number): return Decimal(number)
        case .int64(let number): return Decimal(number)
        case .decimal128(let number):
            guard let decimal = Decimal(exactly: number) else { throw inexact(Decimal.self) }
            return decimal
        default: throw wrong("a decimal")
        }
    }

    private func bool() throws(StorageError) -> Bool {
        guard case .bool(let flag) = value else { throw wrong("a boolean") }
        return flag
    }

    private func text() throws(StorageError) -> String {
        guard case .string(let text) = value else { throw wrong("a string") }
        return text
    }

    private func date() throws(StorageError) -> DocumentDate {
        guard case .date(let date) = value else { throw wrong("a date") }
        return date
    }

    private func binary() throws(StorageError) -> DocumentBinary {
        guard case .binary(let binary) = value else { throw wrong("binary data") }
        return binary
    }

    private func uuid() throws(StorageError) -> UUID {
        guard case .binary(let binary) = value, binary.subtype == .uuid, binary.bytes.count == 16
        else { throw wrong("a UUID") }
        return binary.bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    private func data() throws(StorageError) -> Data {
        guard case .binary(let binary) = value,
            binary.subtype == .generic || binary.subtype == .genericOld
        else { throw wrong("generic binary data") }
        return Data(binary.bytes)
    }

    private func document() throws(StorageError) -> Document {
        guard case .document(let document) = value else { throw wrong("a document") }
        return document
    }

    private func objectID() throws(StorageError) -> ObjectID {
        guard case .objectID(let id) = value else { throw wrong("an ObjectID") }
        return id
    }

    private func decimal128() throws(StorageError) -> Decimal128 {
        guard case .decimal128(let number) = value else { throw wrong("a decimal") }
        return number
    }

    private func timestamp() throws(StorageError) -> DocumentTimestamp {
        guard case .timestamp(let timestamp) = value else { throw wrong("a timestamp") }
        return timestamp
    }

    private func pattern() throws(StorageError) -> DocumentRegularExpression {
        guard case .regularExpression(let pattern) = value else {
            throw wrong("a regular expression")
        }
        return pattern
    }

    private func pointer() throws(StorageError) -> DocumentPointer {
        guard case .pointer(let pointer) = value else { throw wrong("a pointer") }
        return pointer
    }

    fileprivate func wrong(_ wanted: String) -> StorageError {
        .documentDecoding(
            "\(wanted) is due, and a value of the type \(value.type) is there", codingPath)
    }

    private func inexact(_ type: Any.Type) -> StorageError {
        .documentDecoding("the number does not fit \(type)", codingPath)
    }
}

/// The fields of a document that an entity reads.
private struct DocumentKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoding: DocumentDecoding
    let document: Document

    var codingPath: [any CodingKey] { decoding.codingPath }
    var allKeys: [Key] { document.fields.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { document.place(of: key.stringValue) != nil }

    private func field(_ key: some CodingKey) throws(StorageError) -> DocumentDecoding {
        guard let value = document[key.stringValue] else {
            throw .documentDecoding("there is no such field", codingPath + [key])
        }
        return decoding.inside(value, key)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try field(key).decodeNil() }

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

    func superDecoder() throws -> any Decoder { try field(DocumentKey("super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try field(key) }
}

/// The elements of an array that an entity reads.
private struct DocumentUnkeyedDecoding: UnkeyedDecodingContainer {
    let decoding: DocumentDecoding
    let elements: [DocumentValue]
    var currentIndex = 0

    init(decoding: DocumentDecoding, elements: [DocumentValue]) {
        self.decoding = decoding
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private func element() throws(StorageError) -> DocumentDecoding {
        let key = DocumentKey("\(currentIndex)")
        guard !isAtEnd else {
            throw .documentDecoding("there is no such element", codingPath + [key])
        }
        return decoding.inside(elements[currentIndex], key)
    }

    private mutating func next<Value>(_ read: (DocumentDecoding) throws -> Value) throws -> Value {
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
