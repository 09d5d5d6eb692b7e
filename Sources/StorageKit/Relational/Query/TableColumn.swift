/// A column of a ``TableDescription``: its name, and the Swift type of its values.
public struct TableColumn<Value: SQLConvertible>: Hashable, Sendable {
    /// The column's name in the table.
    public let name: String

    /// Describes a column.
    public init(_ name: String) { self.name = name }
}
