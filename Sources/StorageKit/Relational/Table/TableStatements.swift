internal import Synchronization

/// The SQL of one table, written once and not for each call.
///
/// What reads is known when the table is described. What writes depends on the columns that an
/// entity encodes, which are the same for each entity of most types: those of the last entity are
/// kept, and another set of columns takes their place.
final class TableStatements: Sendable {
    let name: String
    let key: String
    /// The column of the version, if there is one.
    let version: String?

    private let dialect: any SQLDialect
    private let keyed: Result<KeyStatements, StorageError>
    private let written = Mutex<RowStatements?>(nil)
    private let selections = Mutex<[Int: String]>([:])

    init(_ name: String, _ key: String, _ version: String?, _ dialect: any SQLDialect) {
        self.name = name
        self.key = key
        self.version = version
        self.dialect = dialect
        keyed = Result { () throws(StorageError) in
            try KeyStatements(name, key, version, dialect)
        }
    }

    /// The statements that need to know the key alone.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the names cannot be names.
    func byKey() throws(StorageError) -> KeyStatements { try keyed.get() }

    /// The statements that write an entity with these columns.
    func writing(_ columns: [String]) throws(StorageError) -> RowStatements {
        if let known = written.withLock({ $0 }), known.columns == columns { return known }
        let statements = try RowStatements(name, key, version, columns, dialect)
        written.withLock { $0 = statements }
        return statements
    }

    /// The statement that finds so many rows by their keys, a parameter for each.
    func selecting(_ count: Int) throws(StorageError) -> String {
        if let known = selections.withLock({ $0[count] }) { return known }
        let keys = repeatElement(SQL.placeholder, count: count).joined(separator: ", ")
        let text = try dialect.text(
            "SELECT * FROM \(identifier: name) WHERE \(identifier: key) IN (\(keys))")
        selections.withLock { $0[count] = text }
        return text
    }
}

/// The statements of a table that need its key, or none, and no further column.
struct KeyStatements: Sendable {
    /// A parameter: the key.
    let select: String
    /// Three parameters: the version, the key and the version.
    ///
    /// Not used where there is no version.
    let selectUnlessVersion: String
    /// A parameter: the key.
    let count: String
    /// A parameter: the key.
    let delete: String
    /// Two parameters: the key and the version.
    ///
    /// Not used where there is no version.
    let deleteVersion: String
    /// A parameter: the limit.
    let firstPage: String
    /// Two parameters: the key before the page, and the limit.
    let nextPage: String

    init(
        _ name: String, _ key: String, _ version: String?, _ dialect: any SQLDialect
    ) throws(StorageError) {
        let table: SQL = "\(identifier: name)"
        let key: SQL = "\(identifier: key)"
        let value = SQL.placeholder
        let order: SQL = "ORDER BY \(key) LIMIT \(value)"
        select = try dialect.text("SELECT * FROM \(table) WHERE \(key) = \(value)")
        selectUnlessVersion = try dialect.text(
            version.map { Self.unlessVersion(table, key, .identifier($0)) } ?? "SELECT 1")
        count = try dialect.text("SELECT count(*) FROM \(table) WHERE \(key) = \(value)")
        let deletion: SQL = "DELETE FROM \(table) WHERE \(key) = \(value)"
        delete = try dialect.text(deletion)
        deleteVersion = try dialect.text(
            version.map { "\(deletion) AND \(identifier: $0) = \(value)" } ?? deletion)
        firstPage = try dialect.text("SELECT * FROM \(table) \(order)")
        nextPage = try dialect.text("SELECT * FROM \(table) WHERE \(key) > \(value) \(order)")
    }

    /// One row for a key that is there, with a mark that says whether it has the version, and the
    /// table's columns only if it has not.
    private static func unlessVersion(_ table: SQL, _ key: SQL, _ version: SQL) -> SQL {
        """
        SELECT CASE WHEN found.\(version) = \(SQL.placeholder) THEN 1 ELSE 0 END \
        AS storagekit_is_current, changed.* \
        FROM (SELECT \(key), \(version) FROM \(table) WHERE \(key) = \(SQL.placeholder)) AS found \
        LEFT JOIN \(table) AS changed \
        ON changed.\(key) = found.\(key) AND changed.\(version) <> \(SQL.placeholder)
        """
    }
}

extension SQLDialect {
    /// The text of a statement whose values come later.
    func text(_ sql: SQL) throws(StorageError) -> String { try sql.rendered(for: self).text }
}
