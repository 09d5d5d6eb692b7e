// A join has the rows of both tables, side by side. Each table has its name in it; one whose name
// is taken there, as when it is joined with itself, is called by its name and a number.
extension SelectQuery {
    /// Each row with each row of another table that fits it.
    ///
    /// ```swift
    /// Transfers.all.join(Accounts.self) { transfer, payer in transfer.payer == payer.id }
    /// ```
    public func join<Left, Right: TableDescription>(
        _ table: Right.Type,
        on condition: (TableReference<Left>, TableReference<Right>) -> SQLPredicate
    ) -> SelectQuery<(TableReference<Left>, TableReference<Right>)>
    where Scope == TableReference<Left> {
        let left = qualified(scope)
        let right = TableReference(Right(), qualifier: alias(of: Right.self, beside: [Left.name]))
        return SelectQuery<(TableReference<Left>, TableReference<Right>)>(
            scope: (left, right),
            clauses: joined("JOIN", Right.self, right.qualifier, condition(left, right)))
    }

    /// Each row with each row of another table that fits it, and once without where none does.
    ///
    /// - Parameter condition: When two rows fit; it sees the other table's columns as they are.
    public func leftJoin<Left, Right: TableDescription>(
        _ table: Right.Type,
        on condition: (TableReference<Left>, TableReference<Right>) -> SQLPredicate
    ) -> SelectQuery<(TableReference<Left>, OptionalTableReference<Right>)>
    where Scope == TableReference<Left> {
        let left = qualified(scope)
        let name = alias(of: Right.self, beside: [Left.name])
        let right = TableReference(Right(), qualifier: name)
        return SelectQuery<(TableReference<Left>, OptionalTableReference<Right>)>(
            scope: (left, OptionalTableReference(Right(), qualifier: name)),
            clauses: joined("LEFT JOIN", Right.self, name, condition(left, right)))
    }

    /// Each pair of rows with each row of a third table that fits them.
    public func join<First, Second, Third: TableDescription>(
        _ table: Third.Type,
        on condition: (
            TableReference<First>, TableReference<Second>, TableReference<Third>
        ) -> SQLPredicate
    ) -> SelectQuery<(TableReference<First>, TableReference<Second>, TableReference<Third>)>
    where Scope == (TableReference<First>, TableReference<Second>) {
        let others = [scope.0.qualifier ?? First.name, scope.1.qualifier ?? Second.name]
        let name = alias(of: Third.self, beside: others)
        let third = TableReference(Third(), qualifier: name)
        return SelectQuery<
            (TableReference<First>, TableReference<Second>, TableReference<Third>)
        >(
            scope: (scope.0, scope.1, third),
            clauses: joined("JOIN", Third.self, name, condition(scope.0, scope.1, third)))
    }

    private func qualified<Left>(_ reference: TableReference<Left>) -> TableReference<Left> {
        TableReference(Left(), qualifier: Left.name)
    }

    /// What a table is called beside others.
    private func alias<Table: TableDescription>(
        of table: Table.Type, beside others: [String]
    ) -> String {
        // SQLite takes a capital for a small letter in names.
        let taken = Set(others.map { $0.lowercased() })
        var (name, stem, number) = (table.name, table.name, 1)
        // PostgreSQL cuts a name off behind 63 bytes, and the number with it.
        while stem.utf8.count > 56 { stem.unicodeScalars.removeLast() }
        while taken.contains(name.lowercased()) {
            number += 1
            name = "\(stem)_\(number)"
        }
        return name
    }

    private func joined<Table: TableDescription>(
        _ word: SQL, _ table: Table.Type, _ alias: String?, _ condition: SQLPredicate
    ) -> SelectClauses {
        var joined = clauses
        joined.from += " \(word) \(identifier: Table.name)"
        if let alias, alias != Table.name { joined.from += " AS \(identifier: alias)" }
        joined.from += " ON \(condition.condition)"
        let isFresh = clauses.conditions.isEmpty && clauses.orders.isEmpty
        if !isFresh { joined.failure = joined.failure ?? .joinedTooLate }
        return joined
    }
}

extension StorageError {
    fileprivate static var joinedTooLate: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "a query was filtered or ordered and then joined, so that its columns could "
                + "be either table's; join first")
    }
}
