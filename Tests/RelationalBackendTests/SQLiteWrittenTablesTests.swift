import Testing

@testable import RelationalBackend

@Suite("Which tables a transaction has written", .nothingLeftOpen)
struct SQLiteWrittenTablesTests {
    @Test("a statement that is its own transaction has committed before its run has ended")
    func autocommit() {
        var tables = SQLiteWrittenTables()
        tables.commit()
        tables.change(["t"])
        #expect(tables.settle(isWriting: false) == ["t"])
        #expect(tables.settle(isWriting: false) == [])
    }

    @Test("what a transaction has changed waits for its commit")
    func transaction() {
        var tables = SQLiteWrittenTables()
        tables.change(["t"])
        #expect(tables.settle(isWriting: true) == [])
        tables.change(["u"])
        #expect(tables.settle(isWriting: true) == [])
        tables.commit()
        #expect(tables.settle(isWriting: false) == ["t", "u"])
    }

    @Test("a rollback forgets what was changed, and nothing that was committed before it")
    func rollback() {
        var tables = SQLiteWrittenTables()
        tables.change(["t"])
        tables.rollback()
        #expect(tables.settle(isWriting: false) == [])
        // A script: a statement by itself, and a transaction that is rolled back.
        tables.compile("t", isSchema: false)
        tables.commit()
        tables.compile("u", isSchema: false)
        tables.rollback()
        #expect(tables.settle(isWriting: false) == ["t"])
    }

    @Test("what was compiled and never committed is not left for the next transaction")
    func leftOver() {
        var tables = SQLiteWrittenTables()
        tables.compile("t", isSchema: true)
        #expect(tables.settle(isWriting: false) == [])
        tables.commit()
        tables.change(["u"])
        #expect(tables.settle(isWriting: false) == ["u"])
    }

    @Test("a statement takes its own tables and leaves those of a script before it")
    func compiling() {
        var tables = SQLiteWrittenTables()
        tables.compile("script", isSchema: false)
        tables.beginCompiling()
        tables.compile("t", isSchema: false)
        tables.compile("sqlite_sequence", isSchema: false)
        tables.compile("made", isSchema: true)
        let own = tables.endCompiling()
        #expect(own.rows == ["t"])
        #expect(own.schema == ["made"])
        tables.commit()
        #expect(tables.settle(isWriting: false) == ["script"])
    }
}
