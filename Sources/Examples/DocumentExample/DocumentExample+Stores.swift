import DocumentBackend
import ExampleSupport
import StorageKit
import StorageKitInMemory

// Where the users are: all that is not the same for both stores.
extension DocumentExample {
    /// Plays the scenes in this process's memory.
    func runInMemory(_ terminal: Terminal) async throws {
        try await play(on: InMemoryDocumentStore(), terminal)
    }

    /// Plays the scenes on a server.
    func runOnMongoDB(_ url: String, _ terminal: Terminal) async throws {
        try await play(on: MongoDatabase(url, database: database), terminal)
    }

    private func play<Store: ExampleStore>(on store: Store, _ terminal: Terminal) async throws {
        do {
            try await Scenes(store: store, terminal: terminal).all()
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}
