internal import StorageKit
internal import Synchronization

/// The connection that a hub hears the server's messages on: a ``RedisPushConnection``, and in
/// tests whatever says the same.
protocol PushLink: Sendable {
    /// Sends a command if there is a link.
    func post(_ command: RedisCommand)
    /// The next event; `nil` when it is closed.
    func next() async -> RedisPushConnection.Event?
    func close() async
}

/// A push connection of a node as a ``PushLink``.
struct NodePushLink: PushLink {
    private let connection: RedisPushConnection

    init(_ connection: RedisPushConnection) { self.connection = connection }

    func post(_ command: RedisCommand) { connection.post(command) }
    func next() async -> RedisPushConnection.Event? { await connection.next() }
    func close() async { await connection.close() }
}

/// All subscriptions of a store, over one connection that is there while there are any.
///
/// ``SubscriptionTable`` decides; this type gives it a lock, the connection, and a task that hands
/// on what comes. Commands are posted with the lock held, so that they go out in the order that the
/// table has noted; posting does not wait. Readers are resumed when the lock is free again: one may
/// run at once, and ask the hub for something.
///
/// The task ends with the connection, and the connection with the last subscription.
final class SubscriptionHub: Sendable {
    typealias ID = SubscriptionTable.ID
    typealias Buffer = SubscriptionBuffer<ChannelEvent>
    typealias Lease = SubscriptionLease<ChannelEvent>
    private typealias Wakes = SubscriptionWakes<ChannelEvent>

    private struct State {
        var table = SubscriptionTable()
        var buffers: [ID: Buffer] = [:]
        var lastID = 0
        var link: (any PushLink)?
        /// Which of the links one after the other it is.
        var linkNumber = 0
        var lastError: StorageError?
        var isClosed = false
    }

    private let store: String
    private let bufferLimit: Int
    private let makeLink: @Sendable () -> any PushLink
    private let state = Mutex(State())

    /// - Parameters:
    ///   - store: The server in errors.
    ///   - bufferLimit: How many messages wait for a reader.
    ///   - makeLink: Opens the connection; called when there is a first subscription.
    init(store: String, bufferLimit: Int, makeLink: @escaping @Sendable () -> any PushLink) {
        self.store = store
        self.bufferLimit = bufferLimit
        self.makeLink = makeLink
    }

    /// Subscribes, and returns when the subscription is in force.
    func subscribe(
        to topics: Set<SubscriptionTopic>, within timeout: Duration
    ) async throws(StorageError) -> Lease {
        let lease = try add(topics)
        do throws(StorageError) {
            try await lease.waitForStart(within: timeout) {
                .subscriptionTimedOut(cause: self.state.withLock { $0.lastError })
            }
        } catch {
            throw error.adding(operation: "subscribe", store: store)
        }
        return lease
    }

    /// Ends a subscription; nothing when it has ended.
    func remove(_ id: ID) {
        let link = waking { state, wakes -> (any PushLink)? in
            guard let buffer = state.buffers.removeValue(forKey: id) else { return nil }
            buffer.end(.success(nil), &wakes)
            carryOut(state.table.remove(id), &state, &wakes)
            guard state.table.isEmpty else { return nil }
            return forgetLink(&state)
        }
        if let link { Task { await link.close() } }
    }

    /// Ends every subscription with `invalidState`, and returns when the connection is closed.
    func close() async {
        let (buffers, link) = state.withLock { state in
            state.isClosed = true
            defer { state.buffers = [:] }
            return (state.buffers.values, forgetLink(&state))
        }
        for buffer in buffers { buffer.end(.failure(closed())) }
        await link?.close()
    }

    // MARK: One link

    private func add(_ topics: Set<SubscriptionTopic>) throws(StorageError) -> Lease {
        try waking { state, wakes throws(StorageError) in
            guard !state.isClosed else { throw closed() }
            if state.link == nil { begin(makeLink(), &state) }
            state.lastID += 1
            let id = state.lastID
            let buffer = Buffer(limit: bufferLimit, operation: "subscribe")
            state.buffers[id] = buffer
            carryOut(state.table.add(id, topics), &state, &wakes)
            return Lease(buffer) { self.remove(id) }
        }
    }

    private func begin(_ link: any PushLink, _ state: inout State) {
        state.link = link
        state.table = SubscriptionTable()
        state.lastError = nil
        let number = state.linkNumber
        Task { await self.handOn(link, number) }
    }

    private func forgetLink(_ state: inout State) -> (any PushLink)? {
        state.linkNumber += 1
        return state.link.take()
    }

    /// Hands on what comes, until the link is closed.
    private func handOn(_ link: any PushLink, _ number: Int) async {
        while let event = await link.next() {
            let unused = waking { state, wakes -> (any PushLink)? in
                // A link that was forgotten may still have events.
                guard state.linkNumber == number else { return nil }
                handle(event, &state, &wakes)
                // Who was refused is gone, and may have been the last one.
                return state.table.isEmpty ? forgetLink(&state) : nil
            }
            await unused?.close()
        }
    }

    /// Changes the state with the lock held, and resumes whom that concerns when it is free.
    private func waking<Answer: Sendable, Failure>(
        _ change: (inout State, inout Wakes) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        var wakes = Wakes()
        defer { wakes.resume() }
        return try state.withLock { state throws(Failure) in try change(&state, &wakes) }
    }

    private func handle(
        _ event: RedisPushConnection.Event, _ state: inout State, _ wakes: inout Wakes
    ) {
        switch event {
        case .established:
            state.lastError = nil
            carryOut(state.table.established(), &state, &wakes)
        case .reply(let reply):
            guard let notice = SubscriptionNotice(reply) else { return }
            carryOut(state.table.receive(notice), &state, &wakes)
        case .lost(let error):
            state.lastError = error
            state.table.lost()
            // Nothing that is tried again will help: a wrong password, an untrusted certificate.
            guard !error.isRetryable else { return }
            for buffer in state.buffers.values { buffer.started(.failure(error), &wakes) }
        }
    }

    private func carryOut(
        _ actions: [SubscriptionTable.Action], _ state: inout State, _ wakes: inout Wakes
    ) {
        for action in actions {
            switch action {
            case .post(let topic, let isSubscribing):
                state.link?.post(isSubscribing ? topic.subscribe : topic.unsubscribe)
            case .confirm(let id): state.buffers[id]?.started(.success(()), &wakes)
            case .resubscribed(let id): state.buffers[id]?.put(.resubscribed, &wakes)
            case .deliver(let id, let message): state.buffers[id]?.put(.message(message), &wakes)
            case .refuse(let id, let refusal): refuse(id, refusal, &state, &wakes)
            }
        }
    }

    private func refuse(
        _ id: ID, _ refusal: RedisServerError, _ state: inout State, _ wakes: inout Wakes
    ) {
        let error = StorageError.redis(refusal, statement: "SUBSCRIBE")
            .adding(operation: "subscribe", store: store)
        state.buffers.removeValue(forKey: id)?.end(.failure(error), &wakes)
        carryOut(state.table.remove(id), &state, &wakes)
    }

    // MARK: Errors

    private func closed() -> StorageError {
        StorageError(
            code: .invalidState, message: "the store is closed; open a new one to go on",
            operation: "subscribe", store: store)
    }
}
