#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Encodes one property of an entity: a raw value, or an array or struct as JSON.
final class ColumnEncoder: Encoder {
    private var value: SQLValue?

    private init() {}

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Encodes any value.
    static func encode(_ value: some Encodable) throws -> SQLValue {
        // Both ways or neither: what is written as a column must be read as one.
        if let known = value as? any SQLConvertible { return try known.sqlValue }
        // Not bindable by itself, for an interpolated array is a list; as a property it is bytes.
        // The type is asked first: an empty array of anything can be cast.
        if type(of: value) == [UInt8].self, let bytes = value as? [UInt8] { return .bytes(bytes) }
        let encoder = ColumnEncoder()
        try value.encode(to: encoder)
        if let encoded = encoder.value { return encoded }
        let json = JSONEncoder()
        // The same value gives the same text, whatever the order of a dictionary.
        json.outputFormatting = [.sortedKeys]
        return .json(String(decoding: try json.encode(value), as: UTF8.self))
    }

    // A type that asks for one of these is kept as JSON: `value` stays nil.
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(IgnoringKeyedContainer())
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { IgnoringContainer() }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension ColumnEncoder: SingleValueEncodingContainer {
    func encodeNil() { value = .null }

    func encode(_ value: some Encodable) throws { self.value = try Self.encode(value) }
}
