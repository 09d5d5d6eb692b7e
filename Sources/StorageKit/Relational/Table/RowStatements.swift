/// The statements of a table with all columns of an entity.
struct RowStatements: Sendable {
    let columns: [String]
    /// The columns that are set to the entity's values when a row is replaced: all but the key, or
    /// the key of an entity that is nothing else, and not the version, which is counted.
    ///
    /// The key's value does not change, and a database may take the row out and put it in again.
    let isAssigned: [Bool]
    /// The place of the version among the columns, if there is one.
    let versionIndex: Int?
    /// A parameter for each column.
    let insert: String
    /// A parameter for each column.
    let upsert: String
    /// A parameter for each column that is assigned, the key, and where there is one the version.
    let replace: String

    init(
        _ name: String, _ key: String, _ version: String?, _ columns: [String],
        _ dialect: any SQLDialect
    ) throws(StorageError) {
        self.columns = columns
        let isAssigned = columns.map { ($0 != key && $0 != version) || columns.count == 1 }
        self.isAssigned = isAssigned
        versionIndex = version.flatMap(columns.firstIndex)
        let table: SQL = "\(identifier: name)"
        let counted = version.map { Self.counted(table, .identifier($0)) }
        let assigned = zip(columns, isAssigned).filter(\.1).map { SQL.identifier($0.0) }
        let names = columns.map(SQL.identifier).joined(separator: ", ")
        let values = columns.map { _ in SQL.placeholder }.joined(separator: ", ")
        let insertion: SQL = "INSERT INTO \(table) (\(names)) VALUES (\(values))"
        insert = try dialect.text(insertion)

        let taken = assigned.map { "\($0) = excluded.\($0)" as SQL } + counted.list
        var upsertion: SQL = """
            \(insertion) ON CONFLICT (\(identifier: key)) \
            DO UPDATE SET \(taken.joined(separator: ", "))
            """
        if let version {
            upsertion += " WHERE \(table).\(identifier: version) = excluded.\(identifier: version)"
        }
        upsert = try dialect.text(upsertion)

        let set = assigned.map { "\($0) = \(SQL.placeholder)" as SQL } + counted.list
        var replacement: SQL = """
            UPDATE \(table) SET \(set.joined(separator: ", ")) \
            WHERE \(identifier: key) = \(SQL.placeholder)
            """
        if let version { replacement += " AND \(identifier: version) = \(SQL.placeholder)" }
        replace = try dialect.text(replacement)
    }

    /// The version, one higher than the row's; beside `excluded` the table has to be named.
    private static func counted(_ table: SQL, _ version: SQL) -> SQL {
        "\(version) = \(table).\(version) + 1"
    }
}

extension Optional {
    /// Itself as a list of none or one.
    fileprivate var list: [Wrapped] { map { [$0] } ?? [] }
}
