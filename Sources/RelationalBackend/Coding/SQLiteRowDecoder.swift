internal import StorageKit

/// Decodes the row a statement is at: a struct by its column names, a single value from the only
/// column.
final class SQLiteRowDecoder: Decoder {
    private let reader: SQLiteRowReader
    /// The container of the last row: the next one asks for the same and saves the allocation.
    @exclusivity(unchecked) private var cachedContainer: AnyObject?
    @exclusivity(unchecked) private var cachedKey: ObjectIdentifier?

    init(_ reader: SQLiteRowReader) { self.reader = reader }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes the only column of the current row.
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
            return unsafeDowncast(
                cachedContainer, to: ContainerBox<KeyedDecodingContainer<Key>>.self
            ).copy()
        }
        return makeContainer(keyedBy: type)
    }

    /// Not inlined: a function with a container in a variable begins with looking its type up, on
    /// whatever way it then goes.
    @inline(never)
    private func makeContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedDecodingContainer<Key> {
        let container = KeyedDecodingContainer(
            SQLiteRowContainer<Key>(columns: SQLiteKeyColumns(reader)))
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

    private func onlyColumn() throws(StorageError) -> SQLiteColumn {
        let count = reader.statement.columnCount
        guard count == 1 else {
            throw StorageError(
                code: .decodingFailed,
                message: "a single value wants one column and the result has \(count); select just "
                    + "the one")
        }
        return SQLiteColumn(statement: reader.statement, index: 0)
    }

    /// Holds a container whose type it was made for.
    private final class ContainerBox<Content> {
        private let content: Content

        init(_ content: Content) { self.content = content }

        /// The container.
        ///
        /// Not inlined: here the type of the content is part of the box's own, and to copy it where
        /// only the key's type is known the runtime would have to look it up.
        @inline(never)
        func copy() -> Content { content }
    }
}
