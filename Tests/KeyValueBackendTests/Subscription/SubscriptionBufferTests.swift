import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("What waits for the reader of a subscription")
struct SubscriptionBufferTests {
    static func message(_ number: Int) -> ChannelEvent {
        .message(ChannelMessage(channel: "c", payload: ByteString("\(number)")))
    }

    @Test("events come in order, and what came before the end is read before it")
    func order() async throws {
        let buffer = SubscriptionBuffer(limit: 8)
        for number in 0..<3 { buffer.put(Self.message(number)) }
        buffer.end(.success(nil))
        buffer.put(Self.message(3))
        for number in 0..<3 {
            let event = try await buffer.next()
            #expect(event == Self.message(number))
        }
        for _ in 0..<2 {
            let event = try await buffer.next()
            #expect(event == nil)
        }
    }

    @Test("a reader that is too slow is told how many went, and gets the newest")
    func overflow() async throws {
        let buffer = SubscriptionBuffer(limit: 4)
        for number in 0..<10 { buffer.put(Self.message(number)) }
        var events: [ChannelEvent?] = []
        for _ in 0..<5 { events.append(try await buffer.next()) }
        #expect(events == [.dropped(6)] + (6..<10).map(Self.message))
    }

    @Test("that the link was made anew is told, however slow the reader is")
    func mark() async throws {
        let buffer = SubscriptionBuffer(limit: 3)
        buffer.put(Self.message(0))
        buffer.put(.resubscribed)
        for number in 1..<10 { buffer.put(Self.message(number)) }
        buffer.put(.resubscribed)
        var events: [ChannelEvent?] = []
        buffer.end(.success(nil))
        while let event = try await buffer.next() { events.append(event) }
        #expect(events.first == .dropped(8) || events.first == .dropped(9))
        #expect(events.contains(.resubscribed))
        #expect(events.last == .resubscribed)
        #expect(events.count <= 4)
    }

    @Test("a reader waits for what comes, and its end is an error when that is why")
    func waiting() async throws {
        let buffer = SubscriptionBuffer(limit: 4)
        async let event = buffer.next()
        buffer.put(Self.message(1))
        #expect(try await event == Self.message(1))
        let end = Task { try await buffer.next() }
        buffer.end(.failure(StorageError(code: .invalidState, message: "closed")))
        try await expectError(.invalidState) { _ = try await end.value }
    }

    @Test("a cancelled reader sees the end, and the others go on")
    func cancelled() async throws {
        let buffer = SubscriptionBuffer(limit: 4)
        let reader = Task { try await buffer.next() }
        reader.cancel()
        #expect(try await reader.value == nil)
        buffer.put(Self.message(1))
        let event = try await buffer.next()
        #expect(event == Self.message(1))
    }

    @Test("who waits for the beginning hears of it, of its failure, and of its own cancellation")
    func start() async throws {
        let good = SubscriptionBuffer(limit: 1)
        async let began: Void = good.waitForStart()
        good.started(.success(()))
        try await began
        let bad = SubscriptionBuffer(limit: 1)
        bad.started(.failure(StorageError(code: .timedOut, message: "late")))
        bad.started(.success(()))
        try await expectError(.timedOut) { try await bad.waitForStart() }
        let never = SubscriptionBuffer(limit: 1)
        let waiter = Task { try await never.waitForStart() }
        waiter.cancel()
        try await expectError(.cancelled) { try await waiter.value }
    }
}
