import StorageKit
import Testing

@Suite("StorageError")
struct StorageErrorTests {
    @Test("the description has code, operation, store, message, native code, remarks, statement")
    func fullDescription() {
        let error = StorageError(
            code: .unavailable, message: "the connection was lost; try again",
            operation: "insert", store: "redis 127.0.0.1:1",
            native: .init(domain: "errno", name: "ECONNRESET", number: 104),
            statement: "SET ? ?", underlying: Cause(), mayHaveBeenApplied: true)
        #expect(
            error.description
                == "unavailable in insert on redis 127.0.0.1:1: the connection was lost; try again "
                + "[errno ECONNRESET (104)] (retryable, may have been applied) "
                + "statement: SET ? ? cause: Cause")
    }

    @Test("what is not known leaves no gap in the description")
    func shortDescription() {
        let error = StorageError(code: .notFound, message: "no such thing")
        #expect(error.description == "notFound: no such thing")
    }

    @Test("a description is one line, whatever the statement looks like")
    func oneLine() {
        let error = StorageError(
            code: .invalidStatement, message: "no",
            statement: "SELECT *\r\n    FROM todo\n\n    WHERE id = ?")
        #expect(
            error.description == "invalidStatement: no statement: SELECT * FROM todo WHERE id = ?")
    }

    @Test("a native code without a number shows its name alone")
    func nativeCodes() {
        #expect(
            StorageError.NativeCode(domain: "sqlstate", name: "23505").description
                == "sqlstate 23505")
    }

    @Test("an error is retryable as its code says, unless it says so itself")
    func retryable() {
        #expect(StorageError(code: .busy, message: "").isRetryable)
        #expect(!StorageError(code: .corrupted, message: "").isRetryable)
        #expect(!StorageError(code: .busy, message: "", isRetryable: false).isRetryable)
    }

    @Test("adding fills in the call and the store only where they are unknown")
    func adding() {
        let bare = StorageError(code: .busy, message: "locked")
        let filled = bare.adding(operation: "get", store: "a").adding(operation: "set", store: "b")
        #expect(filled.operation == "get")
        #expect(filled.store == "a")
    }

    @Test("a cancellation says so once")
    func cancelled() {
        let error = StorageError.cancelled(operation: "get")
        #expect(error.code == .cancelled)
        #expect(error.underlying is CancellationError)
        #expect(!error.description.contains("cause"))
    }

    @Test("codes are equal by name, and a code of one's own is possible")
    func codes() {
        #expect(StorageError.Code("busy") == .busy)
        #expect(StorageError.Code("mine") != .busy)
    }

    private struct Cause: Error, CustomStringConvertible {
        var description: String { "a secret value" }
    }
}
