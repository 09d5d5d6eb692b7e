import StorageKit
import Testing

@testable import PostgresBackend

@Suite("What a slow reader of notifications finds", .timeLimit(.minutes(1)))
struct NotificationBufferTests {
    private func event(_ number: Int) -> PostgresChannelEvent {
        .notification(PostgresNotification(channel: "a", payload: "\(number)"))
    }

    /// What is there to be read.
    private func events(of buffer: NotificationBuffer) async throws -> [PostgresChannelEvent] {
        buffer.end(.success(nil))
        var events: [PostgresChannelEvent] = []
        while let event = try await buffer.next() { events.append(event) }
        return events
    }

    @Test("when it is full the oldest goes, and the reader is told first how many went")
    func full() async throws {
        let buffer = NotificationBuffer(limit: 3)
        for number in 1...5 { buffer.put(event(number)) }
        #expect(
            try await events(of: buffer) == [.dropped(2), event(3), event(4), event(5)])
    }

    @Test("that the connection was made anew is kept, however many notifications come after")
    func mark() async throws {
        let buffer = NotificationBuffer(limit: 2)
        buffer.put(event(1))
        buffer.put(.resubscribed)
        for number in 2...6 { buffer.put(event(number)) }
        let events = try await events(of: buffer)
        #expect(events.first == .dropped(5))
        #expect(events.dropFirst().first == .resubscribed)
        #expect(events.last == event(6))
    }

    @Test("however often the connection is lost, the marks do not pile up")
    func marks() async throws {
        let buffer = NotificationBuffer(limit: 4)
        for _ in 0..<1000 { buffer.put(.resubscribed) }
        let events = try await events(of: buffer)
        #expect(events.count <= 5 && Set(events) == [.resubscribed])
    }

    @Test("a cancelled reader sees the end, and what comes then is for the next one")
    func cancelled() async throws {
        let buffer = NotificationBuffer(limit: 3)
        let reader = Task { try await buffer.next() }
        reader.cancel()
        #expect(try await reader.value == nil)
        buffer.put(event(1))
        #expect(try await buffer.next() == event(1))
    }

    @Test("an error at the end comes after what was there")
    func failure() async throws {
        let buffer = NotificationBuffer(limit: 3)
        buffer.put(event(1))
        buffer.end(.failure(.poolClosed))
        buffer.put(event(2))
        #expect(try await buffer.next() == event(1))
        try await expectError(.invalidState) { _ = try await buffer.next() }
    }
}
