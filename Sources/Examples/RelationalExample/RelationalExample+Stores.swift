import ExampleSupport
import Foundation
import PostgresBackend
import RelationalBackend
import StorageKit

// Where the ledger is: all that is not the same for both databases.
extension RelationalExample {
    /// Plays the scenes on a file.
    func runOnSQLite(_ terminal: Terminal) async throws {
        let path =
            file
            ?? FileManager.default.temporaryDirectory
            .appendingPathComponent("storagekit-ledger-\(UUID().uuidString).db").path
        defer { if file == nil { try? FileManager.default.removeItem(atPath: path) } }
        try await play(on: SQLiteDatabase(.file(path)), terminal) { _ in "each one on disk" }
    }

    /// Plays the scenes on a server.
    func runOnPostgres(_ url: String, _ terminal: Terminal) async throws {
        try await play(on: PostgresDatabase(url), terminal) { database in
            let settings = try await database.first(
                "SELECT current_setting('fsync'), current_setting('synchronous_commit')",
                as: (String, String).self)
            guard let (fsync, commit) = settings else { return "" }
            return "with fsync=\(fsync) and synchronous_commit=\(commit)"
        }
    }

    private func play<Store: RelationalStore>(
        on store: Store, _ terminal: Terminal, durability: (Store) async throws -> String
    ) async throws {
        do {
            let scenes = Scenes(
                ledger: Ledger(store: store), durability: try await durability(store),
                terminal: terminal)
            try await scenes.all()
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}
