import StorageKit
import Synchronization
import Testing

@testable import KeyValueBackend

@Suite("The hub of a store's subscriptions", .timeLimit(.minutes(5)))
struct SubscriptionHubTests {
    @Test("resumes nobody with its lock held, and gives a reader its messages in their order")
    func resuming() async throws {
        let link = TestLink()
        let hub = SubscriptionHub(store: "test", bufferLimit: 1_000) { link }
        // Whoever is resumed asks the hub for something, on the thread that resumes.
        let executor = AskingExecutor { hub.remove(-1) }
        let reading = Task(executorPreference: executor) {
            let lease = try await hub.subscribe(to: [.channel("c")], within: .seconds(240))
            var events: [ChannelEvent] = []
            while events.count < 200, let event = try await lease.next() { events.append(event) }
            return events
        }
        link.put(.established)
        await link.waitForPost()
        link.put(.reply(.array([.string("subscribe"), .string("c"), .integer(1)])))
        let payloads = (0..<200).map { ByteString("\($0)") }
        for payload in payloads {
            link.put(.reply(.array([.string("message"), .string("c"), .string(payload)])))
            // Now and then the reader is there first.
            for _ in 0..<8 { await Task.yield() }
        }
        let events = try await reading.value
        let sent = payloads.map { ChannelEvent.message(ChannelMessage(channel: "c", payload: $0)) }
        #expect(events == sent)
    }
}

/// An executor that asks something before it runs what is enqueued.
private final class AskingExecutor: TaskExecutor {
    private let ask: @Sendable () -> Void

    init(_ ask: @escaping @Sendable () -> Void) { self.ask = ask }

    func enqueue(_ job: consuming ExecutorJob) {
        ask()
        globalConcurrentExecutor.enqueue(job)
    }
}

/// A link that says what the test tells it.
private final class TestLink: PushLink {
    private let events = AsyncStream<RedisPushConnection.Event>.makeStream()
    private let posts = AsyncStream<Void>.makeStream()

    func put(_ event: RedisPushConnection.Event) { events.continuation.yield(event) }

    /// Returns when one more command was posted.
    func waitForPost() async {
        for await _ in posts.stream { return }
    }

    func post(_ command: RedisCommand) { posts.continuation.yield() }

    func next() async -> RedisPushConnection.Event? {
        for await event in events.stream { return event }
        return nil
    }

    func close() async { events.continuation.finish() }
}
