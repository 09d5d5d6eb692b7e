import Foundation
import RelationalBackend
import StorageKit

/// Writes to a database until it is killed, and says on standard output what it tries and what has
/// been acknowledged.
///
/// Arguments: the file, and the number of the run, from which all identifiers follow. A line is
/// `try ID` before a call and `ok ID` after its await has returned. Rows are single statements of
/// 32 tasks, which share commits; a transfer is a transaction of three statements. With `hold` in
/// place of a number it takes the write lock, says `held` and keeps it; with `visit` it becomes a
/// user who owns nothing, reads and writes, and says how both went.
@main
struct SQLiteCrashWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[2] == "hold" { return try await hold(arguments[1]) }
        if arguments.count == 3, arguments[2] == "visit" { return try await visit(arguments[1]) }
        guard arguments.count == 3, let run = Int(arguments[2]) else {
            throw StorageError(code: .invalidArgument, message: "give a file and a run's number")
        }
        let database = SQLiteDatabase(.file(arguments[1]))
        try await withThrowingTaskGroup { group in
            for task in 0..<32 {
                group.addTask {
                    try await writeRows(from: run * 1_000_000 + task * 10_000, database)
                }
            }
            for task in 32..<36 {
                group.addTask {
                    try await makeTransfers(from: run * 1_000_000 + task * 10_000, database)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Takes the write lock, says so, and keeps it.
    private static func hold(_ path: String) async throws {
        try await SQLiteDatabase(.file(path)).write { _ in
            say("held")
            while true { pause() }
        }
    }

    /// For the superuser no permission is missing, so it stops being that, once and for all.
    private static func visit(_ path: String) async throws {
        if getuid() == 0, setgid(65534) != 0 || setuid(65534) != 0 {
            throw StorageError(code: .internalError, message: "it is still the superuser")
        }
        let database = SQLiteDatabase(.file(path))
        await report("read") {
            try await database.query("SELECT id FROM t", as: Int.self, limit: 10)
                .map(String.init).joined(separator: ",")
        }
        await report("write") {
            try await database.execute("INSERT INTO t VALUES (2)")
            return "done"
        }
        await database.close()
    }

    private static func report(_ what: String, _ body: () async throws -> String) async {
        do {
            say("\(what) \(try await body())")
        } catch let error as StorageError {
            say("\(what) \(error.code) retryable:\(error.isRetryable) \(error)")
        } catch {
            say("\(what) \(error)")
        }
    }

    private static func writeRows(from first: Int, _ database: SQLiteDatabase) async throws {
        for id in first..<(first + 10_000) {
            say("try \(id)")
            try await database.execute("INSERT INTO row (id) VALUES (\(id))")
            say("ok \(id)")
        }
    }

    private static func makeTransfers(from first: Int, _ database: SQLiteDatabase) async throws {
        for id in first..<(first + 10_000) {
            let amount = id % 7 + 1
            say("try \(id)")
            try await database.withTransaction { transaction in
                try await transaction.execute(
                    "UPDATE account SET balance = balance - \(amount) WHERE id = 1")
                try await transaction.execute(
                    "INSERT INTO row (id, amount) VALUES (\(id), \(amount))")
                try await transaction.execute(
                    "UPDATE account SET balance = balance + \(amount) WHERE id = 2")
            }
            say("ok \(id)")
        }
    }

    /// Without a buffer of this process, which SIGKILL would take along.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
