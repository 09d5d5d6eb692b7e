internal import Synchronization

/// Hears when loads of other processes have ended, and wakes who waits for that.
///
/// The subscription is opened by the first who waits, serves all of them, and is closed with its
/// owner: the reading task holds the ``Ear``, never this object. When it breaks, everybody is woken
/// to look again, and the next who waits opens another, after a ``ReopeningPause``: who is woken by
/// each break and waits again must not turn a server that ends every subscription into a busy loop.
/// Waiting for the pause is part of a waiter's time, which ends as it would have.
///
/// One that cannot be opened keeps nobody waiting, so nothing goes in circles, and nothing pauses.
final class SharedCacheListener<Storage: SharedCacheStorage>: Sendable {
    private let ear: Ear
    private let clock: MonotonicReading
    private let leaseTime: Duration

    init(storage: Storage, clock: MonotonicReading, leaseTime: Duration) {
        ear = Ear(storage: storage, clock: clock)
        self.clock = clock
        self.leaseTime = leaseTime
    }

    deinit { ear.close() }

    /// How many wait; for tests.
    var waiting: Int { ear.waiters.count }

    func loadEnded(of key: ByteString, within patience: Duration) async -> Bool {
        guard patience > .zero, !Task.isCancelled, !ear.isDeaf else { return false }
        let seat = ear.waiters.sit(key)
        let (ear, clock, leaseTime) = (ear, clock, leaseTime)
        let look = Task { await ear.look(seat) }
        let timer = Task {
            // Nobody tells when a lease has ended by itself, its owner being dead.
            if await clock.sleep(for: min(patience, leaseTime)) {
                ear.waiters.decide(seat, leaseTime < patience)
            }
        }
        defer {
            look.cancel()
            timer.cancel()
        }
        return await withTaskCancellationHandler {
            await ear.waiters.wait(seat)
        } onCancel: {
            ear.waiters.decide(seat, false)
        }
    }
}

extension SharedCacheListener {
    /// The subscription and those who wait for what it says.
    final class Ear: Sendable {
        private enum Listening {
            case not
            /// Whether it is heard, once that is known.
            case begun(Task<Bool, Never>, number: UInt64)
            case never
        }

        private struct State {
            var listening = Listening.not
            var reading: Task<Void, Never>?
            var lastNumber: UInt64 = 0
            var isClosed = false
            var pause = ReopeningPause()
            /// When the present subscription began, and from when on there may be another.
            var began = Duration.zero
            var nextOpening = Duration.zero
        }

        private let storage: Storage
        private let clock: MonotonicReading
        let waiters = SharedCacheWaiters()
        private let state = Mutex(State())

        init(storage: Storage, clock: MonotonicReading) {
            self.storage = storage
            self.clock = clock
        }

        /// Whether the storage has said that it tells nothing.
        var isDeaf: Bool {
            state.withLock { if case .never = $0.listening { true } else { false } }
        }

        /// Looks whether the load has ended already, with open ears.
        func look(_ seat: SharedCacheWaiters.Seat) async {
            guard await listen() else { return waiters.decide(seat, false) }
            do {
                let findings = try await storage.lookUp([seat.key])
                if !findings.contains(where: isLoading) { waiters.decide(seat, true) }
            } catch {
                // A task that was cancelled has been decided; a storage that fails tells nothing.
                waiters.decide(seat, false)
            }
        }

        private func isLoading(_ finding: SharedCacheFinding) -> Bool {
            if case .entry(let entry) = finding { return entry.refresh != nil }
            return finding == .nothing(.loading)
        }

        /// Begins to listen unless somebody has; says whether what is told will be heard.
        private func listen() async -> Bool {
            let opening: Task<Bool, Never>? = state.withLock { state in
                switch state.listening {
                case .begun(let opening, _): return opening
                case .never: return nil
                case .not:
                    if state.isClosed { return nil }
                    state.lastNumber += 1
                    let number = state.lastNumber
                    // Detached: it outlives the reader who came first, and what he carries.
                    let opening = Task.detached { await self.open(number) }
                    state.listening = .begun(opening, number: number)
                    return opening
                }
            }
            return await opening?.value ?? false
        }

        private func open(_ number: UInt64) async -> Bool {
            let pause = state.withLock { $0.nextOpening } - clock.now
            if pause > .zero, await !clock.sleep(for: pause) { return false }
            do {
                guard let signals = try await storage.signals() else {
                    state.withLock { $0.listening = .never }
                    return false
                }
                return read(signals, number)
            } catch {
                // Who waits for this hears of it from his own look. Woken, he would look, open
                // again and be woken again, for as long as his patience lasts.
                forget(number)
                return false
            }
        }

        private func read(_ signals: Storage.Signals, _ number: UInt64) -> Bool {
            state.withLock { state in
                if state.isClosed { return false }
                state.began = clock.now
                state.reading = Task.detached { [weak self] in
                    await Self.read(signals) { self?.hear($0) }
                    self?.end(number)
                }
                return true
            }
        }

        private static func read(
            _ signals: Storage.Signals, _ hear: (CacheChannelEvent<ByteString>) -> Void
        ) async {
            do {
                for try await signal in signals { hear(signal) }
            } catch {
                // Whatever it was, the caller wakes everybody and the next who waits opens anew.
            }
        }

        private func hear(_ signal: CacheChannelEvent<ByteString>) {
            guard case .message(let message) = signal else { return waiters.wakeAll() }
            state.withLock { $0.pause.proved() }
            switch message.content {
            case .loadsEnded(let keys), .invalidated(let keys): waiters.wake(keys)
            case .invalidatedTags, .cleared: waiters.wakeAll()
            case .beat: break
            }
        }

        /// Nothing is heard any more.
        private func end(_ number: UInt64) {
            let now = clock.now
            state.withLock { state in
                // One that lasted has proved itself, though nothing was told.
                if now - state.began >= ReopeningPause.longest { state.pause.proved() }
                state.nextOpening = now + state.pause.lost()
            }
            forget(number)
            waiters.wakeAll()
        }

        /// Lets the next who waits open another subscription.
        private func forget(_ number: UInt64) {
            state.withLock { state in
                if case .begun(_, number) = state.listening { state.listening = .not }
            }
        }

        func close() {
            let (reading, listening) = state.withLock { state in
                state.isClosed = true
                return (state.reading, state.listening)
            }
            reading?.cancel()
            if case .begun(let opening, _) = listening { opening.cancel() }
            waiters.wakeAll()
        }
    }
}
