#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Decodes one column to a `Codable` type: a raw value, or an array or struct kept as JSON text.
///
/// The twin of ``ColumnEncoder``, for the columns of any backend.
package struct ColumnDecoder<Column: SQLColumn>: Decoder {
    private let column: Column

    package init(_ column: Column) { self.column = column }

    package var codingPath: [any CodingKey] { [] }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes the column to any type.
    ///
    /// A type that knows columns is asked first. Another one, an enum with a raw value for example,
    /// decodes itself from a single value; when it asks for a container instead, the text is JSON.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from column: Column
    ) throws -> Value {
        if let known = type as? any SQLConvertible.Type {
            guard let value = try known.decode(column) as? Value else {
                throw column.mismatch(wanted: "\(type)", found: "another type")
            }
            return value
        }
        if type == [UInt8].self, let bytes = try column.bytes() as? Value { return bytes }
        do {
            return try Value(from: ColumnDecoder(column))
        } catch is WantsContainer {
            return try json(type, from: column)
        } catch is DecodingError {
            // Its words and its path may quote the value; the column is what can be told.
            throw column.mismatch(wanted: "\(type)", found: "another value")
        }
    }

    private static func json<Value: Decodable>(
        _ type: Value.Type, from column: Column
    ) throws -> Value {
        let text = try column.text()
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch is DecodingError {
            throw column.mismatch(wanted: "\(type)", found: "other JSON, or none")
        }
    }

    package func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        throw WantsContainer()
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw WantsContainer()
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

/// Thrown to learn that a type is kept as JSON.
private struct WantsContainer: Error {}

extension ColumnDecoder: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { column.isNull }

    package func decode(_ type: Bool.Type) throws -> Bool { try Bool.decode(column) }
    package func decode(_ type: String.Type) throws -> String { try String.decode(column) }
    package func decode(_ type: Double.Type) throws -> Double { try Double.decode(column) }
    package func decode(_ type: Float.Type) throws -> Float { try Float.decode(column) }
    package func decode(_ type: Int.Type) throws -> Int { try Int.decode(column) }
    package func decode(_ type: Int8.Type) throws -> Int8 { try Int8.decode(column) }
    package func decode(_ type: Int16.Type) throws -> Int16 { try Int16.decode(column) }
    package func decode(_ type: Int32.Type) throws -> Int32 { try Int32.decode(column) }
    package func decode(_ type: Int64.Type) throws -> Int64 { try Int64.decode(column) }
    package func decode(_ type: UInt.Type) throws -> UInt { try UInt.decode(column) }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try UInt8.decode(column) }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try UInt16.decode(column) }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try UInt32.decode(column) }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try UInt64.decode(column) }

    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Self.decode(type, from: column)
    }
}
