import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

/// What is sent again after a connection was lost in the middle of a batch.
@Suite("Repeated batches")
struct RedisRepetitionTests {
    @Test("a batch whose answers a second execution would change is not repeated")
    func readThenWritten() async throws {
        let server = try ScriptedServer(saying: [], then: .closes)
        let store = try RedisStore(url: "redis://127.0.0.1:\(server.port)")
            .timeout(.seconds(30))
        let exchanged = try await expectError(.unavailable) {
            _ = try await store.atomically { ($0.get("k"), $0.set("k", to: "new")) }
        }
        #expect(exchanged.mayHaveBeenApplied)
        let expired = try await expectError(.unavailable) {
            _ = try await store.pipeline {
                ($0.expire("k", after: .seconds(60)), $0.set("k", to: "new"))
            }
        }
        #expect(expired.mayHaveBeenApplied)
        #expect(server.accepted == 2)
        await store.close()
    }

    @Test("a batch that leaves and answers the same is repeated")
    func harmless() async throws {
        let server = try ScriptedServer(saying: [], then: .closes)
        let store = try RedisStore(url: "redis://127.0.0.1:\(server.port)")
            .timeout(.milliseconds(200))
        let error = await storageError {
            _ = try await store.atomically {
                ($0.set("a", to: "1"), $0.set("b", to: "2"), $0.get("a"))
            }
        }
        // At its deadline it waits for the next connection, or for an answer on one.
        let codes: [StorageError.Code] = [.unavailable, .timedOut]
        #expect(error.map { codes.contains($0.code) } == true)
        #expect(server.accepted > 1)
        await store.close()
    }

    @Test("a call that breaks every link is given up, however much time it has")
    func poisonous() async throws {
        // It answers, so that the link is taken for a good one, and closes before the second reply.
        let server = try ScriptedServer(saying: Array("+OK\r\n".utf8), then: .closes)
        let store = try RedisStore(url: "redis://127.0.0.1:\(server.port)").timeout(.seconds(60))
        let error = try await expectError(.unavailable) {
            _ = try await store.pipeline { ($0.get("a"), $0.get("b")) }
        }
        #expect(!error.mayHaveBeenApplied && error.description.contains("kept breaking"))
        #expect(server.accepted == 5)
        await store.close()
    }
}
