import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("Passwords stay where they belong")
struct RedisSecrecyTests {
    @Test("a store that is printed or dumped does not show the password")
    func dumps() throws {
        let store = try RedisStore(url: "redis://user:s3cret@localhost")
        var text = "\(store) \(String(reflecting: store))"
        dump(store, to: &text)
        #expect(!text.contains("s3cret"))
    }

    @Test("a server that quotes what it was sent does not bring the password into an error")
    func quotedByServer() async throws {
        let refusal = "-ERR unknown command 'AUTH', with args beginning with: 's3cret' \r\n"
        let server = try ScriptedServer(saying: Array(refusal.utf8), then: .stays)
        let store = try RedisStore(url: "redis://:s3cret@127.0.0.1:\(server.port)")
        let error = try await expectError(.unauthenticated) { _ = try await store.get("k") }
        var text = "\(error) \(String(reflecting: error)) \(error.message)"
        dump(error, to: &text)
        #expect(!text.contains("s3cret"))
        await store.close()
    }
}
