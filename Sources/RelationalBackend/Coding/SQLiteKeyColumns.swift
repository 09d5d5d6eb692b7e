/// Finds the columns of one statement by the keys of one `Codable` type.
///
/// A type asks for the same keys in each row. Its keys are nearly always an enum without payloads,
/// which the compiler derives, and such a key is one byte: equal bytes are equal keys. So a table
/// with a place for each byte remembers where the column of a key is. From the second row on nobody
/// makes a key's name, hashes it or compares it.
///
/// A key of another form, a string for example, is looked for by its name each time.
final class SQLiteKeyColumns<Key: CodingKey> {
    let reader: SQLiteRowReader
    private let statement: OpaquePointer
    /// For each byte the column's place, or one of the two marks; `nil` when keys are no bytes.
    private let places: UnsafeMutablePointer<Int16>?

    private static var unknown: Int16 { -1 }
    private static var missing: Int16 { -2 }
    private static var count: Int { 256 }

    init(_ reader: SQLiteRowReader) {
        self.reader = reader
        statement = reader.statement.pointer
        guard MemoryLayout<Key>.size == 1, _isPOD(Key.self) else {
            places = nil
            return
        }
        let places = UnsafeMutablePointer<Int16>.allocate(capacity: Self.count)
        places.initialize(repeating: Self.unknown, count: Self.count)
        self.places = places
    }

    deinit { places?.deallocate() }

    /// The column of a key, or `nil` when the result has none; valid while this object is.
    func cell(_ key: Key) -> SQLiteCell? {
        guard let index = index(of: key) else { return nil }
        return SQLiteCell(statement: statement, index: index)
    }

    /// The same with a share in the statement.
    func column(_ key: Key) -> SQLiteColumn? {
        guard let index = index(of: key) else { return nil }
        return SQLiteColumn(statement: reader.statement, index: index)
    }

    private func index(of key: Key) -> Int32? {
        guard let places else { return reader.index(of: key.stringValue) }
        // The table exists only for keys with the layout of one byte, without references.
        let byte = Int(unsafeBitCast(key, to: UInt8.self))
        let place = places[byte]
        if place >= 0 { return Int32(place) }
        guard place == Self.unknown else { return nil }
        let index = reader.index(of: key.stringValue)
        // A result has 32,767 columns at most (sqlite.org/limits.html).
        places[byte] = index.map(Int16.init(clamping:)) ?? Self.missing
        return index
    }
}
