internal import StorageKit

/// A row as a keyed container: the keys are the columns' names.
struct SQLiteRowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: SQLiteRowReader

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { reader.names.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { reader.column(key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try column(key).isNull }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try SQLiteColumnDecoder.decode(type, from: column(key))
    }

    // The defaults of the protocol look the column up three times for each optional.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try optional(key)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try optional(key)
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        try optional(key)
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        try optional(key)
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try optional(key)
    }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try optional(key)
    }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try optional(key)
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try optional(key)
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try optional(key)
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        guard let column = reader.column(key.stringValue), !column.isNull else { return nil }
        return try SQLiteColumnDecoder.decode(type, from: column)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        throw nested(key)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw nested(key)
    }

    func superDecoder() throws -> any Decoder { throw superUnsupported }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw superUnsupported }

    private func column(_ key: Key) throws -> SQLiteColumn {
        if let column = reader.column(key.stringValue) { return column }
        throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: ""))
    }

    private func value<Value: SQLColumnDecodable>(_ key: Key) throws -> Value {
        try Value.decode(column(key))
    }

    private func optional<Value: SQLColumnDecodable>(_ key: Key) throws -> Value? {
        guard let column = reader.column(key.stringValue), !column.isNull else { return nil }
        return try Value.decode(column)
    }

    private func nested(_ key: Key) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message:
                "column \"\(key.stringValue)\" is asked for as a container; give the property a "
                + "Codable type of its own, which is read from JSON")
    }

    private var superUnsupported: StorageError {
        StorageError(
            code: .decodingFailed,
            message: "a row has no superclass part; decode to a struct or a final class")
    }
}
