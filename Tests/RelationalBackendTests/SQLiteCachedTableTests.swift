import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("A cached SQLite table", .nothingLeftOpen, .timeLimit(.minutes(2)))
struct SQLiteCachedTableTests {
    @Test("as on every relational store", arguments: CachedTableCase.allCases)
    func table(scene: CachedTableCase) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("memos.db")))
        try await scene.run(on: database)
        await database.close()
    }
}
