import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("Subscriptions in memory", .timeLimit(.minutes(5)))
struct SubscriptionTests {
    private func message(_ channel: ByteString, _ payload: ByteString) -> ChannelEvent {
        .message(ChannelMessage(channel: channel, payload: payload))
    }

    @Test("drop the oldest when the reader is slow, and say so before the next")
    func overflow() async throws {
        let store = World(subscriptionCapacity: 3).store
        let news = try await store.subscribe(to: ["news"])
        for number in 0..<8 { try await store.publish("\(number)", to: "news") }
        var reader = news.makeAsyncIterator()
        #expect(try await reader.next() == .dropped(5))
        #expect(try await reader.next() == message("news", "5"))
        try await store.publish("8", to: "news")
        try await store.publish("9", to: "news")
        #expect(try await reader.next() == .dropped(1))
        for number in 7...9 {
            #expect(try await reader.next() == message("news", "\(number)"))
        }
    }

    @Test("by name and by prefix count and receive each on its own")
    func topics() async throws {
        let store = World().store
        let exact = try await store.subscribe(to: ["a:1", "b", "a:1"])
        let prefix = try await store.subscribe(toChannelsWithPrefix: "a:")
        let all = try await store.subscribe(toChannelsWithPrefix: "")
        #expect(try await store.publish("x", to: "a:1") == 3)
        #expect(try await store.publish("y", to: "a:2") == 2)
        #expect(try await store.publish("z", to: "b") == 2)
        #expect(try await store.publish("-", to: "A:") == 1)
        var readers = [exact, prefix, all].map { $0.makeAsyncIterator() }
        #expect(try await readers[0].next() == message("a:1", "x"))
        #expect(try await readers[0].next() == message("b", "z"))
        #expect(try await readers[1].next() == message("a:1", "x"))
        #expect(try await readers[1].next() == message("a:2", "y"))
    }

    @Test("wake a reader that waits, also out of an atomic batch")
    func waiting() async throws {
        let store = World().store
        let news = try await store.subscribe(to: ["news"])
        let reader = Task { try await news.first { _ in true } }
        let (count, _) = try await store.atomically {
            ($0.publish("1", to: "news"), $0.set("k", to: "v"))
        }
        #expect(count == 1)
        #expect(try await reader.value == message("news", "1"))
    }

    @Test("end when nobody can read them any more")
    func deallocation() async throws {
        let store = World().store
        do {
            let news = try await store.subscribe(to: ["news"])
            var reader = news.makeAsyncIterator()
            #expect(try await store.publish("1", to: "news") == 1)
            _ = try await reader.next()
        }
        #expect(try await store.publish("2", to: "news") == 0)
        #expect(store.channels.topicCount == 0)
    }

    @Test("end when the reading task is cancelled, for every reader")
    func cancellation() async throws {
        let store = World().store
        let news = try await store.subscribe(to: ["news"])
        let readers = (0..<2).map { _ in Task { try await news.reduce(0) { sum, _ in sum + 1 } } }
        try await store.publish("1", to: "news")
        readers[0].cancel()
        let counts = [try await readers[0].value, try await readers[1].value]
        #expect(counts.reduce(0, +) <= 1)
        #expect(try await store.publish("2", to: "news") == 0)
        var late = news.makeAsyncIterator()
        #expect(try await late.next() == nil)
    }

    @Test("end when the store is gone")
    func storeGone() async throws {
        var store: InMemoryKeyValueStore? = World().store
        let news = try #require(try await store?.subscribe(to: ["news"]))
        let reader = Task { try await news.reduce(0) { sum, _ in sum + 1 } }
        store = nil
        #expect(try await reader.value == 0)
    }

    @Test("need a channel")
    func refusal() async throws {
        let store = World().store
        let code = await thrown { try await store.subscribe(to: []) }
        #expect(code == .invalidArgument)
    }
}
