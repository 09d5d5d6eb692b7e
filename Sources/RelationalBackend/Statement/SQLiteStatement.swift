internal import CSQLite
internal import StorageKit

/// The owner of one `sqlite3_stmt *`: prepared in `init`, finalized in `deinit`.
///
/// It belongs to its connection's thread, like the connection.
@usableFromInline
final class SQLiteStatement {
    let pointer: OpaquePointer
    let text: String
    /// How many placeholders the statement has.
    let parameterCount: Int
    /// Set when a value of this run is so long that it should not stay until the next.
    var holdsLongValue = false
    private let handle: SQLiteHandle
    private var columnNamesStorage: [String]?
    private var repreparations: Int32 = 0
    /// What it would write, known if it was compiled while somebody observed.
    private var tables: SQLiteStatementTables
    private var totalChangesBefore = 0

    /// Prepares the statement.
    ///
    /// - Throws: ``StorageError/Code/invalidStatement`` when the text is no single statement.
    init(_ text: String, on handle: SQLiteHandle) throws(StorageError) {
        try SQLiteHandle.refuseNUL(in: text)
        var prepared: OpaquePointer?
        var hasTail = false
        var text = text
        handle.tracker?.tables.beginCompiling()
        let result = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                Self.prepare(characters, on: handle.pointer, &prepared, &hasTail)
            }
        }
        try handle.check(result, statement: text)
        guard let prepared, !hasTail else {
            sqlite3_finalize(prepared)
            throw StorageError(
                code: .invalidStatement,
                message: prepared == nil
                    ? "the statement is empty"
                    : "more than one statement; run them one by one, or all with execute(script:)",
                statement: text)
        }
        tables = handle.tracker?.tables.endCompiling() ?? SQLiteStatementTables()
        self.text = text
        self.handle = handle
        pointer = prepared
        parameterCount = Int(sqlite3_bind_parameter_count(prepared))
        handle.statementCount += 1
    }

    deinit {
        sqlite3_finalize(pointer)
        handle.statementCount -= 1
    }

    /// How many columns a row has; 0 for a statement without a result.
    var columnCount: Int { Int(sqlite3_column_count(pointer)) }

    /// Whether the statement leaves the database as it is.
    var isReadOnly: Bool { sqlite3_stmt_readonly(pointer) != 0 }

    /// The columns' names, in their order.
    var columnNames: [String] {
        if let columnNamesStorage { return columnNamesStorage }
        let names = (0..<Int32(columnCount)).map { index in
            sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
        }
        columnNamesStorage = names
        return names
    }

    /// Moves to the next row.
    ///
    /// - Returns: Whether there is one.
    func step() throws(StorageError) -> Bool {
        let result = sqlite3_step(pointer)
        if result == SQLITE_ROW { return true }
        guard result == SQLITE_DONE else {
            throw handle.error(
                result, statement: text,
                mayQuoteValues: result == SQLITE_ERROR && parameterCount > 0)
        }
        return false
    }

    /// Begins a run: throws when the job was cancelled meanwhile or its transaction is gone.
    func checkRunnable() throws(StorageError) {
        try handle.checkRunnable()
        totalChangesBefore = handle.totalChanges
    }

    /// Ends a run, so that the statement holds no lock and no long value any more.
    ///
    /// Short values stay until the next run, which binds them all anew: SQLite then copies into the
    /// memory that it has, in place of releasing it here and allocating it there.
    func reset() {
        // Its result repeats the error that step has thrown already.
        sqlite3_reset(pointer)
        if holdsLongValue { sqlite3_clear_bindings(pointer) }
        holdsLongValue = false
        if handle.tracker != nil { reportChanges() }
    }

    /// Says which tables the run that has ended changed; SQLite counts rows at the end of a run.
    private func reportChanges() {
        guard !isReadOnly else { return handle.settleChanges() }
        // What it writes now, if SQLite compiled it anew because the schema changed.
        if let compiled = handle.tracker?.tables.endCompiling() { tables.formUnion(compiled) }
        let hasChangedRows = handle.totalChanges != totalChangesBefore
        handle.tracker?.tables.change(hasChangedRows ? tables.all : tables.schema)
        handle.settleChanges()
    }

    /// Whether SQLite compiled the statement anew since the last call, because the schema changed:
    /// the columns may be others then.
    func wasRecompiled() -> Bool {
        let count = sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0)
        guard count != repreparations else { return false }
        repreparations = count
        columnNamesStorage = nil
        return true
    }

    /// Throws the error for a binding that failed.
    func check(_ result: Int32) throws(StorageError) {
        try handle.check(result, statement: text)
    }

    private static func prepare(
        _ characters: UnsafeBufferPointer<CChar>, on database: OpaquePointer,
        _ prepared: inout OpaquePointer?, _ hasTail: inout Bool
    ) -> Int32 {
        var tail: UnsafePointer<CChar>?
        let count = Int32(clamping: characters.count)
        let result = sqlite3_prepare_v3(
            database, characters.baseAddress, count, UInt32(SQLITE_PREPARE_PERSISTENT),
            &prepared, &tail)
        guard result == SQLITE_OK, prepared != nil, let start = characters.baseAddress, let tail
        else { return result }
        hasTail = self.hasTail(tail, count: characters.count - (tail - start), on: database)
        return result
    }

    /// Whether something other than blanks and comments follows the first statement.
    private static func hasTail(
        _ tail: UnsafePointer<CChar>, count: Int, on database: OpaquePointer
    ) -> Bool {
        guard count > 0 else { return false }
        var second: OpaquePointer?
        let result = sqlite3_prepare_v2(database, tail, Int32(clamping: count), &second, nil)
        defer { sqlite3_finalize(second) }
        return result != SQLITE_OK || second != nil
    }
}
