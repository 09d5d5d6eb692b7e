internal import StorageKit

/// A row as a keyed container: the keys are the columns' names.
struct SQLiteRowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let columns: SQLiteKeyColumns<Key>

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { columns.reader.names.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { columns.column(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try cell(key).isNull }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try cell(key).boolean() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try cell(key).text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try cell(key).real() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try Float.decode(cell(key))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try cell(key).integer(type)
    }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try cell(key).integer(type)
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try cell(key).integer(type)
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try cell(key).integer(type)
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try cell(key).integer(type)
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try cell(key).integer(type)
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try cell(key).integer(type)
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try cell(key).integer(type)
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try cell(key).integer(type)
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try cell(key).integer(type)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try ColumnDecoder.decode(type, from: column(key))
    }

    // The defaults of the protocol look the column up three times for each optional.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try present(key)?.boolean()
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key)?.text()
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try present(key)?.real()
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        try present(key).map { (cell) throws(StorageError) in try Float.decode(cell) }
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try present(key)?.integer(type)
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try present(key)?.integer(type)
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        guard present(key) != nil, let column = columns.column(key) else { return nil }
        return try ColumnDecoder.decode(type, from: column)
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

    private func cell(_ key: Key) throws -> SQLiteCell {
        if let cell = columns.cell(key) { return cell }
        throw notFound(key)
    }

    private func column(_ key: Key) throws -> SQLiteColumn {
        if let column = columns.column(key) { return column }
        throw notFound(key)
    }

    /// The column, unless it is missing or NULL.
    private func present(_ key: Key) -> SQLiteCell? {
        guard let cell = columns.cell(key), !cell.isNull else { return nil }
        return cell
    }

    private func notFound(_ key: Key) -> DecodingError {
        .keyNotFound(key, .init(codingPath: [], debugDescription: ""))
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
