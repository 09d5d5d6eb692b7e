/// An entity as a row: the names of its columns and their values, in the order the entity encodes
/// them.
///
/// The coding keys are the columns. A property becomes the ``SQLValue`` of its type; `[UInt8]` is
/// bytes, an enum its raw value, and any other `Codable` type, an array, a dictionary or a struct,
/// one ``SQLValue/json(_:)``. A `nil` is ``SQLValue/null`` and not left out: all entities of a type
/// give the same columns in the same order, unless their own `encode(to:)` leaves some out.
///
/// This is what a backend's repositories, bulk inserts and typed queries write, so that one entity
/// is the same row wherever it is written.
public struct EncodedRow: Hashable, Sendable {
    /// The columns' names, each of them once.
    public let columns: [String]
    /// A value for each column.
    public let values: [SQLValue]

    /// Encodes an entity.
    ///
    /// Linear in its properties, but for types with hundreds of them.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when it is no struct with keys, or a value of
    ///   it cannot be stored.
    public init(_ entity: some Encodable) throws(StorageError) {
        let collector = RowCollector()
        do {
            try entity.encode(to: RowEncoder(collector: collector))
        } catch {
            throw StorageError(encoding: error, of: "\(type(of: entity))")
        }
        if let failure = collector.failure { throw failure }
        columns = collector.columns
        values = collector.values
    }

    /// The value of a column, or `nil` when the entity has no such property.
    public subscript(column: String) -> SQLValue? {
        columns.firstIndex(of: column).map { values[$0] }
    }
}
