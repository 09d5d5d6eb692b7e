internal import StorageKit

/// Decodes the row a reader is at: a struct by its column names, a single value from the only
/// column.
final class PostgresRowDecoder: Decoder {
    private let reader: PostgresRowReader
    /// The container of the last row: the next one asks for the same and saves the allocation.
    @exclusivity(unchecked) private var cachedContainer: AnyObject?
    @exclusivity(unchecked) private var cachedKey: ObjectIdentifier?

    init(_ reader: PostgresRowReader) { self.reader = reader }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes the row that the reader is at.
    func decodeRow<Row: Decodable>(_ type: Row.Type) throws(StorageError) -> Row {
        do {
            return try Row(from: self)
        } catch {
            throw StorageError(decoding: error, of: "\(type)")
        }
    }

    /// Decodes the only column of the row.
    func decodeColumn<Row: Decodable>(_ type: Row.Type) throws(StorageError) -> Row {
        do {
            return try ColumnDecoder.decode(type, from: onlyColumn())
        } catch {
            throw StorageError(decoding: error, of: "\(type)")
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        if cachedKey == ObjectIdentifier(type), let cachedContainer {
            // The identity of the key type, just compared, says what the box holds; a checked cast
            // would look the box's generic type up in the runtime, for every row.
            return unsafeDowncast(cachedContainer, to: ContainerBox<Key>.self).container
        }
        let container = KeyedDecodingContainer(PostgresRowContainer<Key>(reader: reader))
        cachedContainer = ContainerBox(container)
        cachedKey = ObjectIdentifier(type)
        return container
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw StorageError(
            code: .decodingFailed,
            message: "a row decodes to a struct or a single value, not to an array; decode to a "
                + "tuple, (Int, String).self, or for bytes to Data, instead")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        ColumnDecoder(try onlyColumn())
    }

    private func onlyColumn() throws(StorageError) -> PostgresColumn {
        let count = reader.shape.columns.count
        guard count == 1 else {
            throw StorageError(
                code: .decodingFailed,
                message: "a single value wants one column and the result has \(count); select just "
                    + "the one")
        }
        return reader.column(at: 0)
    }

    private final class ContainerBox<Key: CodingKey> {
        let container: KeyedDecodingContainer<Key>
        init(_ container: KeyedDecodingContainer<Key>) { self.container = container }
    }
}
