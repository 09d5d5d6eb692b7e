internal import Synchronization

/// What the task of an ``InvalidationListener`` does: listen, beat, and listen again after a loss.
final class InvalidationWorker<Local: Cache, Channel: CacheInvalidationChannel>: Sendable
where Channel.Key == Local.Key {
    typealias State = InvalidationListenerState<Local.Key>

    private let local: Local
    private let channel: Channel
    private let coordinator: CacheCoordinator<Local.Key, Local.Value>
    private let trust: LocalTrust
    private let clock: SleepingClock
    private let interval: Duration
    private let sender: CacheSender
    private let state: Mutex<State>

    init(
        local: Local, channel: Channel, coordinator: CacheCoordinator<Local.Key, Local.Value>,
        trust: LocalTrust, state: State, clock: SleepingClock
    ) {
        self.local = local
        self.channel = channel
        self.coordinator = coordinator
        self.trust = trust
        self.clock = clock
        sender = state.sender
        // Three beats in a row may be lost or late before the local tier is not believed.
        interval = state.bound / 4
        self.state = Mutex(state)
    }

    func run() async {
        while !Task.isCancelled {
            await listen()
            await carryOut { $0.lost() }
        }
    }

    /// Returns when the subscription is lost.
    private func listen() async {
        guard let events = try? await channel.listen() else { return }
        guard await carryOut({ $0.opened() }) else { return }
        await withTaskGroup { group in
            group.addTask { await self.hear(events) }
            group.addTask { await self.beat() }
            await group.next()
            group.cancelAll()
        }
    }

    private func hear(_ events: Channel.Events) async {
        do {
            for try await event in events {
                guard await carryOut({ $0.heard(event) }) else { return }
            }
        } catch {
            // Whatever it was, the subscription is lost, and that is all there is to know.
        }
    }

    private func beat() async {
        repeat {
            let now = clock.now
            await carryOut { $0.beatDue(now: now) }
        } while await clock.sleep(for: interval)
    }

    /// Carries out what the state says, in order.
    ///
    /// - Returns: Whether the local tier did as it was told; otherwise one has to begin anew.
    @discardableResult
    private func carryOut(_ event: (inout State) -> [State.Action]) async -> Bool {
        for action in state.withLock({ event(&$0) }) {
            guard await carryOut(action) else {
                trust.revoke()
                return false
            }
        }
        return true
    }

    private func carryOut(_ action: State.Action) async -> Bool {
        switch action {
        case .flush: return await flush()
        case .drop(let keys):
            let isDone = await succeeds { () async throws(StorageError) in
                try await local.invalidate(keys)
            }
            coordinator.detachLoads(of: keys)
            return isDone
        case .dropTags(let tags): return await drop(tags)
        case .trust(let end): trust.extend(to: end)
        case .distrust: trust.revoke()
        // A beat that is not sent does not come back, and that is what it is for.
        case .send(let number):
            try? await channel.send(CacheMessage(sender: sender, content: .beat(number)))
        case .reopen(let pause): _ = await clock.sleep(for: pause)
        }
        return true
    }

    private func flush() async -> Bool {
        let isDone = await succeeds { () async throws(StorageError) in try await local.removeAll() }
        coordinator.detachAllLoads()
        return isDone
    }

    /// A local tier that knows no tags forgets everything.
    private func drop(_ tags: Set<CacheTag>) async -> Bool {
        guard let tagged = local as? any TaggedCache<Local.Key, Local.Value> else {
            return await flush()
        }
        let isDone = await succeeds { () async throws(StorageError) in
            try await tagged.invalidate(tags: tags)
        }
        coordinator.detachAllLoads()
        return isDone
    }

    private func succeeds(_ call: () async throws(StorageError) -> Void) async -> Bool {
        do {
            try await call()
            return true
        } catch {
            return false
        }
    }
}
