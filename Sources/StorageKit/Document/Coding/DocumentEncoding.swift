#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a value is given to write itself to; for a single value, the container as well.
struct DocumentEncoding: Encoder, SingleValueEncodingContainer {
    let slot: DocumentSlot
    let codingPath: [any CodingKey]
    let values: [CodingUserInfoKey: any Sendable]

    init(
        slot: DocumentSlot, codingPath: [any CodingKey],
        userInfo: [CodingUserInfoKey: any Sendable]
    ) {
        self.slot = slot
        self.codingPath = codingPath
        values = userInfo
    }

    var userInfo: [CodingUserInfoKey: Any] { values }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.openDocument()
        return KeyedEncodingContainer(DocumentKeyedEncoding(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.openArray()
        return DocumentUnkeyedEncoding(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { slot.put(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
        if let known = try known(value) {
            slot.put(known)
        } else {
            try value.encode(to: self)
            // A type that writes nothing is a document without fields.
            if slot.value == nil { slot.openDocument() }
        }
    }

    /// That of a value inside.
    func inside(_ slot: DocumentSlot, _ key: any CodingKey) -> DocumentEncoding {
        DocumentEncoding(slot: slot, codingPath: codingPath + [key], userInfo: values)
    }

    /// The value, if a document has a type for it.
    private func known(_ value: some Encodable) throws(StorageError) -> DocumentValue? {
        switch value {
        case let number as UInt: try integer(number)
        case let number as UInt64: try integer(number)
        case let number as any FixedWidthInteger & DocumentConvertible: number.documentValue
        case let value as Bool: .bool(value)
        case let text as String: .string(text)
        case let number as Double: .double(number)
        case let number as Float: .double(Double(number))
        case let date as Date: date.documentValue
        case let id as UUID: id.documentValue
        case let data as Data: .binary(DocumentBinary(Array(data)))
        case let number as Decimal: try decimal(number)
        case let document as Document: .document(document)
        case let value as DocumentValue: value
        case let value as any DocumentConvertible & DocumentScalar: value.documentValue
        case let pointer as DocumentPointer: .pointer(pointer)
        default: nil
        }
    }

    private func integer(_ number: some FixedWidthInteger) throws(StorageError) -> DocumentValue {
        guard let fitting = Int64(exactly: number) else {
            throw .documentEncoding("the number is greater than a 64-bit integer", codingPath)
        }
        return .int64(fitting)
    }

    private func decimal(_ number: Decimal) throws(StorageError) -> DocumentValue {
        guard let exact = Decimal128(exactly: number) else {
            throw .documentEncoding("a decimal of a document has at most 34 digits", codingPath)
        }
        return .decimal128(exact)
    }
}

/// The types that are values of documents and nothing else.
protocol DocumentScalar {}

extension ObjectID: DocumentScalar {}
extension Decimal128: DocumentScalar {}
extension DocumentBinary: DocumentScalar {}
extension DocumentDate: DocumentScalar {}
extension DocumentTimestamp: DocumentScalar {}
extension DocumentRegularExpression: DocumentScalar {}

/// The fields of a document that an entity writes.
private struct DocumentKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: DocumentEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }

    private func field(_ key: some CodingKey) throws(StorageError) -> DocumentEncoding {
        guard !key.stringValue.utf8.contains(0) else {
            throw .documentEncoding("a name has a NUL", codingPath)
        }
        return encoding.inside(encoding.slot.field(key.stringValue), key)
    }

    func encodeNil(forKey key: Key) throws { try field(key).encodeNil() }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try field(key).encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding.inside(encoding.slot.field(key.stringValue), key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.inside(encoding.slot.field(key.stringValue), key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        let key = DocumentKey("super")
        return encoding.inside(encoding.slot.field(key.stringValue), key)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        encoding.inside(encoding.slot.field(key.stringValue), key)
    }
}

/// The elements of an array that an entity writes.
private struct DocumentUnkeyedEncoding: UnkeyedEncodingContainer {
    let encoding: DocumentEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.slot.count }

    private func next() -> DocumentEncoding {
        let key = DocumentKey("\(count)")
        return encoding.inside(encoding.slot.append(), key)
    }

    func encodeNil() { next().encodeNil() }

    func encode<Value: Encodable>(_ value: Value) throws { try next().encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }

    func superEncoder() -> any Encoder { next() }
}

/// A name or place in a coding path.
struct DocumentKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init(intValue: Int) { stringValue = "\(intValue)" }
}
