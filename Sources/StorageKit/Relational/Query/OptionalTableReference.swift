/// A table on the right of a left join: its columns are NULL where no row of it fits.
@dynamicMemberLookup
public struct OptionalTableReference<Described: TableDescription>: Sendable {
    private let description: Described
    private let qualifier: String

    init(_ description: Described, qualifier: String) {
        self.description = description
        self.qualifier = qualifier
    }

    /// A column, which may be NULL here.
    public subscript<Value>(
        dynamicMember column: KeyPath<Described, TableColumn<Value>>
    ) -> SQLExpression<Value?> {
        SQLExpression(column: description[keyPath: column].name, of: qualifier)
    }

    /// A column, which may be NULL there and here.
    public subscript<Value>(
        dynamicMember column: KeyPath<Described, TableColumn<Value?>>
    ) -> SQLExpression<Value?> {
        SQLExpression(column: description[keyPath: column].name, of: qualifier)
    }
}
