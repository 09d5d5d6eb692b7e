internal import StorageKit
internal import Synchronization

/// All subscriptions of a database, over one connection that is there while there are any.
///
/// ``NotificationTable`` decides; this type gives it a lock, and a task that keeps the connection:
///
/// ```
///   task    connect ──▶ LISTEN what is wanted ──▶ wait for a wake-up ──┐
///              ▲ back-off          ▲── somebody came or went ──────────┤
///              └── the connection is lost ─────────────────────────────┘
/// ```
///
/// What comes is handed on by the event thread itself, without the task. The task ends with the
/// last subscription.
final class NotificationHub: Sendable {
    typealias ID = NotificationTable.ID
    typealias Buffer = SubscriptionBuffer<PostgresChannelEvent>
    typealias Lease = SubscriptionLease<PostgresChannelEvent>
    private typealias Wakes = SubscriptionWakes<PostgresChannelEvent>

    private struct State {
        var table = NotificationTable()
        var buffers: [ID: Buffer] = [:]
        var lastID = 0
        var keeper: Keeper?
        /// Which of the keepers one after the other it is.
        var keeperNumber = 0
        var lastError: StorageError?
        var isClosed = false
    }

    /// The task, and how it is woken.
    private struct Keeper {
        let task: Task<Void, Never>
        let wake: AsyncStream<Void>.Continuation
    }

    private let settings: PoolSettings
    private let loop: EventLoop
    private let store: String
    private let bufferLimit: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - settings: How the connection is opened, and how long who listens waits for it.
    ///   - loop: Whose thread reads.
    ///   - store: The database in errors.
    ///   - bufferLimit: How many notifications wait for a reader.
    init(_ settings: PoolSettings, on loop: EventLoop, store: String, bufferLimit: Int) {
        self.settings = settings
        self.loop = loop
        self.store = store
        self.bufferLimit = bufferLimit
    }

    /// Subscribes, and returns when the subscription is in force.
    func listen(to channels: Set<String>) async throws(StorageError) -> Lease {
        let lease = try add(channels)
        try await lease.waitForStart(within: settings.patience) {
            .subscriptionTimedOut(cause: self.state.withLock { $0.lastError })
        }
        return lease
    }

    /// Ends a subscription; nothing when it has ended.
    func remove(_ id: ID) {
        let (buffer, keeper) = state.withLock { state -> (Buffer?, Keeper?) in
            guard let buffer = state.buffers.removeValue(forKey: id) else { return (nil, nil) }
            state.table.remove(id)
            guard state.table.isEmpty else {
                state.keeper?.wake.yield()
                return (buffer, nil)
            }
            return (buffer, Self.forgetKeeper(&state))
        }
        buffer?.end(.success(nil))
        keeper?.task.cancel()
    }

    /// Ends every subscription with `invalidState`, and returns when the connection is closed.
    func close() async {
        let (buffers, keeper) = state.withLock { state in
            state.isClosed = true
            defer { state.buffers = [:] }
            return (state.buffers.values, Self.forgetKeeper(&state))
        }
        for buffer in buffers {
            buffer.end(.failure(.poolClosed.adding(operation: "listen", store: store)))
        }
        keeper?.task.cancel()
        await keeper?.task.value
    }

    private func add(_ channels: Set<String>) throws(StorageError) -> Lease {
        var wakes = Wakes()
        defer { wakes.resume() }
        return try state.withLock { state throws(StorageError) in
            guard !state.isClosed else { throw .poolClosed }
            if state.keeper == nil { begin(&state) }
            state.lastID += 1
            let id = state.lastID
            let buffer = Buffer(limit: bufferLimit, operation: "listen")
            state.buffers[id] = buffer
            tell(state.table.add(id, channels), state, &wakes)
            state.keeper?.wake.yield()
            return Lease(buffer) { self.remove(id) }
        }
    }

    private func tell(
        _ notices: [NotificationTable.Notice], _ state: State, _ wakes: inout Wakes
    ) {
        for notice in notices {
            switch notice {
            case .confirmed(let id): state.buffers[id]?.started(.success(()), &wakes)
            case .resubscribed(let id): state.buffers[id]?.put(.resubscribed, &wakes)
            }
        }
    }

    // MARK: The keeper

    private func begin(_ state: inout State) {
        let (wakes, wake) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.table = NotificationTable()
        state.lastError = nil
        let number = state.keeperNumber
        let task = Task { await self.keep(number, wakes, wake) }
        state.keeper = Keeper(task: task, wake: wake)
    }

    private static func forgetKeeper(_ state: inout State) -> Keeper? {
        state.keeperNumber += 1
        return state.keeper.take()
    }

    /// Keeps a connection until the task is cancelled.
    private func keep(
        _ number: Int, _ wakes: AsyncStream<Void>, _ wake: AsyncStream<Void>.Continuation
    ) async {
        var backOff = BackOff()
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            do throws(StorageError) {
                let link = try await NotificationLink.open(settings, on: loop) { notifications in
                    self.hear(notifications, number)
                } lose: {
                    wake.yield()
                }
                try await serve(link, number, wakes) { backOff.succeed() }
            } catch {
                lost(error, number)
                // Ends early when the task is cancelled, and so does the loop.
                try? await Task.sleep(for: backOff.fail(using: &generator))
            }
        }
    }

    /// Has the server told what is wanted, again and again, until the connection is lost.
    private func serve(
        _ link: NotificationLink, _ number: Int, _ wakes: AsyncStream<Void>,
        _ didSucceed: () -> Void
    ) async throws(StorageError) {
        do throws(StorageError) {
            try await update(link, number)
            didSucceed()
            for await _ in wakes {
                if link.isLost { throw .connectionLost("") }
                try await update(link, number)
            }
        } catch {
            await link.close()
            throw error
        }
        await link.close()
    }

    private func update(_ link: NotificationLink, _ number: Int) async throws(StorageError) {
        while let change = state.withLock({ state in
            state.keeperNumber == number ? state.table.next() : nil
        }) {
            do throws(StorageError) {
                try await link.run(change.commands)
            } catch  where !error.isRetryable {
                refuse(change.listens, error, number)
                continue
            }
            var wakes = Wakes()
            state.withLock { state in
                guard state.keeperNumber == number else { return }
                state.lastError = nil
                tell(state.table.listens(to: change.listens), state, &wakes)
            }
            wakes.resume()
        }
    }

    /// The server does not allow it: a standby, for example.
    private func refuse(_ channels: [String], _ error: StorageError, _ number: Int) {
        let (buffers, keeper) = state.withLock { state -> ([Buffer], Keeper?) in
            guard state.keeperNumber == number else { return ([], nil) }
            let ids = channels.reduce(into: Set<ID>()) {
                $0.formUnion(state.table.listeners(to: $1))
            }
            for id in ids { state.table.remove(id) }
            let buffers = ids.compactMap { state.buffers.removeValue(forKey: $0) }
            return (buffers, state.table.isEmpty ? Self.forgetKeeper(&state) : nil)
        }
        for buffer in buffers {
            buffer.end(.failure(error.adding(operation: "listen", store: store)))
        }
        keeper?.task.cancel()
    }

    private func lost(_ error: StorageError, _ number: Int) {
        let buffers = state.withLock { state -> [Buffer] in
            guard state.keeperNumber == number else { return [] }
            state.lastError = error
            state.table.lost()
            // Nothing that is tried again will help: a wrong password, an untrusted certificate.
            return error.isRetryable ? [] : Array(state.buffers.values)
        }
        for buffer in buffers { buffer.started(.failure(error)) }
    }

    private func hear(_ notifications: [PostgresNotification], _ number: Int) {
        var wakes = Wakes()
        state.withLock { state in
            // A connection that was given up may still have some.
            guard state.keeperNumber == number else { return }
            for notification in notifications {
                for id in state.table.listeners(to: notification.channel) {
                    state.buffers[id]?.put(.notification(notification), &wakes)
                }
            }
        }
        wakes.resume()
    }
}

extension NotificationTable.Change {
    /// The statements, with the names quoted.
    fileprivate var commands: [String] {
        listens.map { "LISTEN \(ChannelName.quoted($0))" }
            + unlistens.map { "UNLISTEN \(ChannelName.quoted($0))" }
    }
}
