import Testing

@testable import PostgresBackend

@Suite("Who listens to what on PostgreSQL")
struct NotificationTableTests {
    @Test("a channel is listened to once, and each who wants it is told when it is in force")
    func once() {
        var table = NotificationTable()
        #expect(table.add(1, ["a"]) == [])
        #expect(table.add(2, ["a", "b"]) == [])
        #expect(table.next() == .init(listens: ["a", "b"], unlistens: []))
        #expect(table.listens(to: ["a", "b"]) == [.confirmed(1), .confirmed(2)])
        #expect(table.next() == nil)
        #expect(table.add(3, ["b"]) == [.confirmed(3)])
        #expect(table.next() == nil)
        #expect(table.listeners(to: "b") == [2, 3])
    }

    @Test("a channel is given up with the last who listens, and not before")
    func last() {
        var table = NotificationTable()
        _ = table.add(1, ["a"])
        _ = table.add(2, ["a"])
        _ = table.next()
        _ = table.listens(to: ["a"])
        table.remove(1)
        #expect(table.next() == nil)
        table.remove(2)
        #expect(table.isEmpty && table.listeners(to: "a") == [])
        #expect(table.next() == .init(listens: [], unlistens: ["a"]))
        #expect(table.next() == nil)
    }

    @Test("who comes while a channel is being given up waits until it is listened to again")
    func back() {
        var table = NotificationTable()
        _ = table.add(1, ["a"])
        _ = table.next()
        _ = table.listens(to: ["a"])
        table.remove(1)
        #expect(table.next() == .init(listens: [], unlistens: ["a"]))
        #expect(table.add(2, ["a"]) == [])
        #expect(table.listens(to: []) == [])
        #expect(table.next() == .init(listens: ["a"], unlistens: []))
        #expect(table.listens(to: ["a"]) == [.confirmed(2)])
    }

    @Test("who leaves and comes back while his channel is asked for is told once")
    func leftMeanwhile() {
        var table = NotificationTable()
        _ = table.add(1, ["a"])
        _ = table.next()
        table.remove(1)
        #expect(table.add(2, ["a"]) == [])
        #expect(table.listens(to: ["a"]) == [.confirmed(2)])
        table.remove(2)
        #expect(table.next() == .init(listens: [], unlistens: ["a"]))
    }

    @Test("after a lost connection everything is asked for again, and each is told what it is")
    func lost() {
        var table = NotificationTable()
        _ = table.add(1, ["a"])
        _ = table.next()
        _ = table.listens(to: ["a"])
        table.lost()
        #expect(table.add(2, ["a", "b"]) == [])
        #expect(table.next() == .init(listens: ["a", "b"], unlistens: []))
        #expect(table.listens(to: ["a", "b"]) == [.resubscribed(1), .confirmed(2)])
    }
}
