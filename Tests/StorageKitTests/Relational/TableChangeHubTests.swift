import StorageKit
import Testing

@Suite("What observers of tables are told")
struct TableChangeHubTests {
    private static let failure = StorageError(code: .unavailable, message: "the listener is gone")

    @Test("an event has the observer's own spelling, and only its tables")
    func spelling() async throws {
        let hub = TableChangeHub { $0.lowercased() }
        var reader = hub.observe(["Todo", "TODO", "person"]).makeAsyncIterator()
        hub.publish(["other"])
        hub.publish(["todo", "other"])
        #expect(try await reader.next() == TableChanges(tables: ["Todo", "TODO"]))
    }

    @Test("events that wait are one, and after a gap every table is in it")
    func coalescing() async throws {
        let hub = TableChangeHub()
        let changes = hub.observe(["a", "b", "c"])
        var reader = changes.makeAsyncIterator()
        for _ in 0..<1000 {
            hub.publish(["a"])
            hub.publish(["b"])
        }
        #expect(try await reader.next() == TableChanges(tables: ["a", "b"]))
        #expect(changes.pendingTables.isEmpty)
        hub.publishAll()
        #expect(try await reader.next() == TableChanges(tables: ["a", "b", "c"]))
    }

    @Test("an error comes after what was pending, once, and then the end")
    func failing() async throws {
        let hub = TableChangeHub()
        var reader = hub.observe(["a"]).makeAsyncIterator()
        hub.publish(["a"])
        hub.finish(throwing: Self.failure)
        #expect(try await reader.next() == TableChanges(tables: ["a"]))
        await #expect(throws: StorageError.self) { _ = try await reader.next() }
        #expect(try await reader.next() == nil)
        var late = hub.observe(["a"]).makeAsyncIterator()
        #expect(try await late.next() == nil)
    }

    @Test("a reader that waits is woken by its event, and each of two by one of its own")
    func waking() async throws {
        let hub = TableChangeHub()
        let changes = hub.observe(["a", "b"])
        let readers = (0..<2).map { _ in
            Task {
                var reader = changes.makeAsyncIterator()
                return try await reader.next()?.tables
            }
        }
        var told: [Set<String>?] = []
        hub.publish(["a"])
        while !changes.pendingTables.isEmpty { await Task.yield() }
        hub.publish(["b"])
        for reader in readers { told.append(try await reader.value) }
        #expect(Set(told) == [["a"], ["b"]])
    }

    @Test("nobody observes once the sequence and its iterators are gone")
    func leaving() {
        let hub = TableChangeHub()
        do {
            let changes = hub.observe(["a"])
            #expect(hub.isObserved)
            withExtendedLifetime(changes.makeAsyncIterator()) {}
        }
        #expect(!hub.isObserved)
    }
}
