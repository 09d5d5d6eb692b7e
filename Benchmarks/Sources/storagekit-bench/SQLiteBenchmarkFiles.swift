import Foundation
import RelationalBackend
import StorageKit

/// The files of the sqlite suite in a folder of their own: one with rows that both sides read, and
/// one for each side to fill.
final class SQLiteBenchmarkFiles: Sendable {
    let database: SQLiteDatabase
    let baseline: SQLiteBaseline
    let emptied: SQLiteDatabase
    let emptiedBaseline: SQLiteBaseline
    /// The titles as the C program takes them.
    let cTitles: CStringArray
    /// Where the rows are that both sides read.
    let rowsPath: String
    /// Where the table is that the other side fills.
    let baselinePath: String
    private let folder: URL

    init(titles: [String]) async throws {
        cTitles = CStringArray(titles)
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("storagekit-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let rows = folder.appendingPathComponent("rows.db").path
        rowsPath = rows
        let ours = folder.appendingPathComponent("ours.db").path
        let theirs = folder.appendingPathComponent("baseline.db").path
        baselinePath = theirs
        database = SQLiteDatabase(.file(rows))
        emptied = SQLiteDatabase(.file(ours))
        let baselineDatabase = SQLiteDatabase(.file(theirs))
        for database in [database, emptied, baselineDatabase] {
            try await database.execute(script: Self.schema)
        }
        await baselineDatabase.close()
        baseline = try SQLiteBaseline(path: rows)
        emptiedBaseline = try SQLiteBaseline(path: theirs)
        guard baseline.insert(cTitles) == titles.count else {
            throw BenchmarkError.baselineFailed("cannot fill \(rows)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Empties the tables that are filled, and their write-ahead logs.
    func empty() async throws {
        try await emptied.execute(script: "DELETE FROM todo")
        try await emptied.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try emptiedBaseline.empty()
    }

    private static let schema = """
        CREATE TABLE todo (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, done INTEGER NOT NULL
        ) STRICT
        """
}
