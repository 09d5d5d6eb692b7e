import ExampleSupport
import KeyValueBackend
import StorageKit
import StorageKitInMemory
import StorageKitTesting

extension KeyValueExample {
    /// Plays the scenes in the memory of this process, with a clock that they move.
    func runInMemory(_ terminal: Terminal) async throws {
        terminal.note("In the memory of this process. With --url the same runs on a server.")
        let clock = ManualClock()
        let store = InMemoryKeyValueStore(clock: clock)
        try await play(in: store, terminal) { clock.advance(by: $0) }
    }

    /// Plays the scenes on a server.
    func runOnServer(_ url: String, _ terminal: Terminal) async throws {
        let store = try RedisStore(url: url)
        do {
            // A server that is not there should be known soon, and before anything else.
            try await store.timeout(.seconds(2)).ping()
            terminal.note("On \(try await store.serverVersion()).")
            try await play(in: store, terminal)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// Plays the scenes in a namespace of a store, and leaves nothing behind.
    private func play(
        in store: some ExampleStore, _ terminal: Terminal,
        passTime: (@Sendable (Duration) -> Void)? = nil
    ) async throws {
        let scenes = Scenes(
            store: store.namespace("key-value-example"), terminal: terminal, passTime: passTime)
        try await scenes.cleanUp()
        do {
            try await scenes.play()
        } catch {
            // The first error is the one to tell; what is left is deleted by the next run.
            try? await scenes.cleanUp()
            throw error
        }
        try await scenes.cleanUp()
    }
}
