/// Which tables the transaction of a connection has changed, and which of them are committed: a
/// pure value, told by SQLite's hooks.
///
/// SQLite's update hook names rows, and misses those of tables `WITHOUT ROWID`, those that a
/// `DELETE` without `WHERE` removes at once, and those that `REPLACE` pushes out. So tables are
/// learnt where nothing is left out: when a statement is compiled, SQLite asks the authorizer for
/// each table that the statement, its triggers and its foreign keys' actions would write. A run of
/// the statement that changed any row counts for all of them.
///
/// ```
///  authorizer ──▶ compiled ──▶ a statement's own tables
///                    │               │ a run has changed rows
///                    │ scripts       ▼
///                    └──────────▶ changed ── commit hook ──▶ committing ── settle ──▶ observers
///                                    │ rollback hook
///                                    ▼ forgotten
/// ```
///
/// The commit hook comes before the commit, which can still fail. What it has seen is published
/// all the same: the file system failed then, and whether the commit will be found in the log is
/// not known.
struct SQLiteWrittenTables {
    private var compiled = SQLiteStatementTables()
    private var changed: Set<String> = []
    private var committing: Set<String> = []
    private var hasCommitted = false

    // MARK: Compiling

    /// Takes in a table that the statement that is being compiled would write.
    mutating func compile(_ table: String, isSchema: Bool) {
        // The tables of SQLite itself nobody observes.
        guard !table.lowercased().hasPrefix("sqlite_") else { return }
        if isSchema { compiled.schema.insert(table) } else { compiled.rows.insert(table) }
    }

    /// Begins to compile a statement: what was compiled before it belongs to a script that has run.
    mutating func beginCompiling() {
        changed.formUnion(compiled.all)
        compiled = SQLiteStatementTables()
    }

    /// The tables of the statement that was compiled last.
    mutating func endCompiling() -> SQLiteStatementTables {
        defer { compiled = SQLiteStatementTables() }
        return compiled
    }

    // MARK: Running

    /// Takes in what a run of a statement has changed.
    mutating func change(_ tables: Set<String>) { changed.formUnion(tables) }

    /// The commit hook: a commit is about to happen.
    mutating func commit() {
        beginCompiling()
        committing.formUnion(changed)
        changed = []
        hasCommitted = true
    }

    /// The rollback hook.
    mutating func rollback() {
        compiled = SQLiteStatementTables()
        changed = []
    }

    /// What is committed by now and was not published; asked when a statement or script has ended.
    ///
    /// - Parameter isWriting: Whether a transaction is under way that has written, or one statement
    ///   that is its own transaction.
    mutating func settle(isWriting: Bool) -> Set<String> {
        beginCompiling()
        if !isWriting {
            // A statement that was its own transaction: it committed before it ended.
            if hasCommitted { committing.formUnion(changed) }
            changed = []
        }
        hasCommitted = false
        defer { committing = [] }
        return committing
    }
}

/// The tables that a statement would write.
struct SQLiteStatementTables {
    /// Those whose rows it would change, itself or by triggers and foreign keys.
    var rows: Set<String> = []
    /// Those it makes, alters or drops; SQLite counts no rows for that.
    var schema: Set<String> = []

    var all: Set<String> { rows.union(schema) }

    mutating func formUnion(_ other: SQLiteStatementTables) {
        rows.formUnion(other.rows)
        schema.formUnion(other.schema)
    }
}
