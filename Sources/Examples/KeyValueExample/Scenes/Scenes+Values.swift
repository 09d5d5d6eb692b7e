import ExampleSupport
import StorageKit

extension Scenes {
    /// Values under keys.
    func values() async throws {
        terminal.title("Set and get")
        try await store.set("user:1:name", to: "Ana")
        terminal.call(#"set("user:1:name", to: "Ana")"#, "done")

        let name = try await store.get("user:1:name")
        try check(name == "Ana", "user:1:name did not come back as it was written")
        terminal.call(#"get("user:1:name")"#, words(name))

        let nobody = try await store.get("user:9:name")
        try check(nobody == nil, "user:9:name exists, and nobody wrote it")
        terminal.call(#"get("user:9:name")"#, words(nobody))
    }

    /// Fields under one key, written and counted one by one.
    func hashes() async throws {
        terminal.title("A hash: fields under one key")
        let fields: [ByteString: ByteString] = [
            "name": "Ben", "email": "ben@example.org", "visits": "0",
        ]
        let new = try await store.hashSet("user:2", fields)
        try check(new == 3, "user:2 had fields before it was written")
        terminal.call(#"hashSet("user:2", [name, email, visits])"#, "\(new) new fields")

        try await store.hashIncrement("user:2", field: "visits")
        let visits = try await store.hashIncrement("user:2", field: "visits")
        try check(visits == 2, "two visits were counted as \(visits)")
        terminal.call(#"hashIncrement("user:2", field: "visits"), twice"#, "\(visits)")

        let all = try await store.hashGetAll("user:2")
        try check(all["visits"] == "2" && all.count == 3, "user:2 is not as it was written")
        for field in all.sorted(by: { $0.key < $1.key }) {
            terminal.call("hashGetAll(\"user:2\")[\"\(field.key)\"]", words(field.value))
        }
    }

    /// A key that vanishes.
    func expiry() async throws {
        terminal.title("A key that vanishes")
        try await store.set("greeting", to: "good morning", expires: .after(.seconds(60)))
        terminal.call(#"set("greeting", to: …, expires: .after(.seconds(60)))"#, "done")
        try await expectTimeToLive(of: "greeting", upTo: .seconds(60))
        if passTime == nil {
            terminal.call("60 s later", "it will be gone; nobody waits for it here")
        }
        try await expectGone("greeting", after: .seconds(60))
    }
}
