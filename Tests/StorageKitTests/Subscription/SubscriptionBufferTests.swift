import Testing

@testable import StorageKit

@Suite("What waits for the reader of a subscription", .timeLimit(.minutes(1)))
struct SubscriptionBufferTests {
    typealias Buffer = SubscriptionBuffer<ChannelEvent>

    static func message(_ number: Int) -> ChannelEvent {
        .message(ChannelMessage(channel: "c", payload: ByteString("\(number)")))
    }

    private func buffer(limit: Int) -> Buffer { Buffer(limit: limit, operation: "subscribe") }

    /// What is there to be read.
    private func events(of buffer: Buffer) async throws -> [ChannelEvent] {
        buffer.end(.success(nil))
        var events: [ChannelEvent] = []
        while let event = try await buffer.next() { events.append(event) }
        return events
    }

    @Test("events come in order, and what came before the end is read before it")
    func order() async throws {
        let buffer = buffer(limit: 8)
        for number in 0..<3 { buffer.put(Self.message(number)) }
        buffer.end(.success(nil))
        buffer.put(Self.message(3))
        #expect(try await events(of: buffer) == (0..<3).map(Self.message))
        #expect(try await buffer.next() == nil)
    }

    @Test("when it is full the oldest goes, and the reader is told first how many went")
    func overflow() async throws {
        let buffer = buffer(limit: 4)
        for number in 0..<10 { buffer.put(Self.message(number)) }
        #expect(try await events(of: buffer) == [.dropped(6)] + (6..<10).map(Self.message))
    }

    @Test("that the connection was made anew is kept, however many events come after")
    func mark() async throws {
        let buffer = buffer(limit: 3)
        buffer.put(Self.message(0))
        buffer.put(.resubscribed)
        for number in 1..<10 { buffer.put(Self.message(number)) }
        #expect(
            try await events(of: buffer) == [
                .dropped(8), .resubscribed, Self.message(8), Self.message(9),
            ])
    }

    @Test("however often the connection is lost, the marks do not pile up")
    func marks() async throws {
        let buffer = buffer(limit: 4)
        for _ in 0..<1000 { buffer.put(.resubscribed) }
        let events = try await events(of: buffer)
        #expect(events.count <= 5 && Set(events) == [.resubscribed])
    }

    @Test("a reader waits for what comes, and its end is an error when that is why")
    func waiting() async throws {
        let buffer = buffer(limit: 4)
        async let event = buffer.next()
        buffer.put(Self.message(1))
        #expect(try await event == Self.message(1))
        let end = Task { try await buffer.next() }
        buffer.end(.failure(StorageError(code: .invalidState, message: "closed")))
        await expectCode(.invalidState) { _ = try await end.value }
    }

    @Test("an error at the end comes after what was there")
    func failure() async throws {
        let buffer = buffer(limit: 4)
        buffer.put(Self.message(1))
        buffer.end(.failure(StorageError(code: .invalidState, message: "closed")))
        buffer.put(Self.message(2))
        #expect(try await buffer.next() == Self.message(1))
        await expectCode(.invalidState) { _ = try await buffer.next() }
    }

    @Test("a cancelled reader sees the end, and what comes then is for the next one")
    func cancelled() async throws {
        let buffer = buffer(limit: 4)
        let reader = Task { try await buffer.next() }
        reader.cancel()
        #expect(try await reader.value == nil)
        buffer.put(Self.message(1))
        #expect(try await buffer.next() == Self.message(1))
    }

    @Test("who waits for the beginning hears of it, of its failure, and of its own cancellation")
    func start() async throws {
        let good = buffer(limit: 1)
        async let began: Void = good.waitForStart()
        good.started(.success(()))
        try await began
        let bad = buffer(limit: 1)
        bad.started(.failure(StorageError(code: .timedOut, message: "late")))
        bad.started(.success(()))
        await expectCode(.timedOut) { try await bad.waitForStart() }
        let ended = buffer(limit: 1)
        ended.end(.success(nil))
        await expectCode(.cancelled) { try await ended.waitForStart() }
        let never = buffer(limit: 1)
        let waiter = Task { try await never.waitForStart() }
        waiter.cancel()
        await expectCode(.cancelled) { try await waiter.value }
    }

    @Test("a reader whose event is collected gets it before what comes until it is resumed")
    func wakes() async throws {
        let buffer = buffer(limit: 1)
        // One that reads once for each event, until it waits when one comes.
        let reader = Task { () throws(StorageError) in
            var events: [ChannelEvent] = []
            while let event = try await buffer.next() { events.append(event) }
            return events
        }
        var (number, wakes) = (0, SubscriptionWakes<ChannelEvent>())
        while wakes.isEmpty {
            await Task.yield()
            number += 1
            buffer.put(Self.message(number), &wakes)
        }
        buffer.put(Self.message(number + 1), &wakes)
        wakes.resume()
        buffer.end(.success(nil))
        #expect(
            try await reader.value.suffix(2) == [Self.message(number), Self.message(number + 1)])
    }
}
