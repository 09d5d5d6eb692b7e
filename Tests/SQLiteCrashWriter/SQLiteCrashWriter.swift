import Foundation
import RelationalBackend
import StorageKit

/// Writes to a database until it is killed, and says on standard output what it tries and what has
/// been acknowledged.
///
/// Arguments: the file, and the number of the run, from which all identifiers follow. A line is
/// `try ID` before a call and `ok ID` after its await has returned. Rows are single statements of
/// 32 tasks, which share commits; a transfer is a transaction of three statements. With `hold` in
/// place of a number it takes the write lock, says `held` and keeps it.
@main
struct SQLiteCrashWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[2] == "hold" { return try await hold(arguments[1]) }
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
