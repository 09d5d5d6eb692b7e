internal import StorageKit
internal import Synchronization

/// The SQL of one table, written once and not for each call.
///
/// What reads is known when the table is described. What writes depends on the columns that an
/// entity encodes, which are the same for each entity of most types: those of the last entity are
/// kept, and another set of columns takes their place.
final class SQLiteTableStatements: Sendable {
    private let name: String
    private let key: String
    private let keyed: Result<Keyed, StorageError>
    private let written = Mutex<Written?>(nil)

    init(name: String, key: String) {
        self.name = name
        self.key = key
        keyed = Result { () throws(StorageError) in try Keyed(name: name, key: key) }
    }

    /// The statements that need to know the key alone.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when the names cannot be names.
    func byKey() throws(StorageError) -> Keyed { try keyed.get() }

    /// The statements that write an entity with these columns.
    func writing(_ columns: [String]) throws(StorageError) -> Written {
        if let known = written.withLock({ $0 }), known.columns == columns { return known }
        let statements = try Written(name: name, key: key, columns: columns)
        written.withLock { $0 = statements }
        return statements
    }

    /// The statements with a key, or none, and no further column.
    struct Keyed: Sendable {
        /// A parameter: the key.
        let select: String
        /// A parameter: the key.
        let delete: String
        /// A parameter: the limit.
        let firstPage: String
        /// Two parameters: the key before the page, and the limit.
        let nextPage: String

        init(name: String, key: String) throws(StorageError) {
            let table: SQL = "\(identifier: name)"
            let key: SQL = "\(identifier: key)"
            let value = SQL.placeholder
            let order: SQL = "ORDER BY \(key) LIMIT \(value)"
            select = try Self.text("SELECT * FROM \(table) WHERE \(key) = \(value)")
            delete = try Self.text("DELETE FROM \(table) WHERE \(key) = \(value)")
            firstPage = try Self.text("SELECT * FROM \(table) \(order)")
            nextPage = try Self.text("SELECT * FROM \(table) WHERE \(key) > \(value) \(order)")
        }

        private static func text(_ sql: SQL) throws(StorageError) -> String {
            try sql.rendered(for: SQLiteDialect()).text
        }
    }

    /// The statements with all columns of an entity.
    struct Written: Sendable {
        let columns: [String]
        /// The columns that are set when a row is replaced: all but the key, or the key of an
        /// entity that is nothing else.
        ///
        /// The key's value does not change, and SQLite would take the row out and put it in again.
        let isAssigned: [Bool]
        /// A parameter for each column.
        let insert: String
        /// A parameter for each column.
        let upsert: String
        /// A parameter for each column that is assigned, and the key.
        let replace: String

        init(name: String, key: String, columns: [String]) throws(StorageError) {
            self.columns = columns
            isAssigned = columns.map { $0 != key || columns.count == 1 }
            let assigned = zip(columns, isAssigned).filter(\.1).map { SQL.identifier($0.0) }
            let names = columns.map(SQL.identifier).joined(separator: ", ")
            let values = columns.map { _ in SQL.placeholder }.joined(separator: ", ")
            let insertion: SQL = "INSERT INTO \(identifier: name) (\(names)) VALUES (\(values))"
            let excluded = assigned.map { "\($0) = excluded.\($0)" as SQL }.joined(separator: ", ")
            let set = assigned.map { "\($0) = \(SQL.placeholder)" as SQL }.joined(separator: ", ")
            let found: SQL = "WHERE \(identifier: key) = \(SQL.placeholder)"
            insert = try Self.text(insertion)
            upsert = try Self.text(
                "\(insertion) ON CONFLICT (\(identifier: key)) DO UPDATE SET \(excluded)")
            replace = try Self.text("UPDATE \(identifier: name) SET \(set) \(found)")
        }

        private static func text(_ sql: SQL) throws(StorageError) -> String {
            try sql.rendered(for: SQLiteDialect()).text
        }
    }
}
