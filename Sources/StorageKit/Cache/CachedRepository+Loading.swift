extension CachedRepository {
    @usableFromInline
    typealias Flights = SingleFlight<CacheType.Key, FlightRead<Entity>>

    @inlinable
    var flights: Flights { cache.coordinator.flights }

    /// Loads what nobody is loading and waits for the rest; the outcomes in the order asked for.
    @inlinable
    func load(_ wanted: [Wanted]) async throws(StorageError) -> [CachedRead<Entity>] {
        try await load(wanted, by: policy)
    }

    /// Loads by another policy than the repository's.
    ///
    /// What it waited for in vain it loads once more: see ``FlightRead``.
    @inlinable
    func load(
        _ wanted: [Wanted], by policy: CachePolicy
    ) async throws(StorageError) -> [CachedRead<Entity>] {
        let deadline = policy.softTimeout.map { cache.coordinator.clock.now + $0 }
        var reads = try await fly(wanted, by: policy, until: deadline, isFirst: true)
        while true {
            let places = reads.indices.filter { reads[$0] == nil }
            if places.isEmpty { return reads.compactMap { $0 } }
            let later = try await fly(
                places.map { wanted[$0] }, by: policy, until: deadline, isFirst: false)
            for (place, read) in zip(places, later) { reads[place] = read }
        }
    }

    /// Takes part in one flight for each of the keys; `nil` for what has to be loaded once more.
    ///
    /// The loads are under way before anything is waited for, in a task that waits for nobody's
    /// flight. So two batches that lead each other's keys cannot wait for each other.
    @inlinable
    func fly(
        _ wanted: [Wanted], by policy: CachePolicy, until deadline: Duration?, isFirst: Bool
    ) async throws(StorageError) -> [CachedRead<Entity>?] {
        if Task.isCancelled { throw .cancelled(operation: "get") }
        let task = LoadTask()
        let seats = wanted.map { flights.join($0.key, load: task) }
        var led: [CacheLoad<Primary, CacheType>.Led] = []
        for (wanted, seat) in zip(wanted, seats) where seat.isLeader {
            led.append(.init(wanted: wanted, seat: seat))
        }
        cache.coordinator.counters.countJoined(seats.count - led.count)
        if !led.isEmpty {
            let load = CacheLoad(repository: self, led: led, policy: policy, task: task)
            task.start(flights: led.count) { await load.run() }
        }
        let timer = deadline.map { endPatience(of: seats, at: $0) }
        defer { timer?.cancel() }
        return try await wait(seats, for: wanted, isFirst: isFirst)
    }

    @inlinable
    func wait(
        _ seats: [Flights.Seat], for wanted: [Wanted], isFirst: Bool
    ) async throws(StorageError) -> [CachedRead<Entity>?] {
        var reads: [CachedRead<Entity>?] = []
        for (index, seat) in seats.enumerated() {
            do {
                reads.append(accept(try await flights.wait(seat), seat, isFirst: isFirst))
            } catch {
                guard let rescued = rescue(wanted[index], from: error) else {
                    for seat in seats[(index + 1)...] { flights.leave(seat) }
                    throw error
                }
                reads.append(rescued)
            }
        }
        return reads
    }

    /// What the holder of the seat may take of an outcome; `nil` when he has to load once more.
    @inlinable
    func accept(
        _ found: FlightRead<Entity>, _ seat: Flights.Seat, isFirst: Bool
    ) -> CachedRead<Entity>? {
        guard var read = found.read else { return nil }
        if seat.isLeader { return read }
        if isFirst, !found.isGoodForJoiners { return nil }
        read.source = .joined
        return read
    }

    /// From the deadline on the reader in the seats waits no longer, and the loads go on.
    @usableFromInline
    func endPatience(of seats: [Flights.Seat], at deadline: Duration) -> Task<Void, Never> {
        let coordinator = cache.coordinator
        return Task {
            let left = deadline - coordinator.clock.now
            guard await coordinator.clock.sleep(for: max(left, .zero)), !Task.isCancelled else {
                return
            }
            let error = StorageError.loadTimedOut("the reader waited as long as softTimeout says")
            var isWaiting = false
            for seat in seats where coordinator.flights.dismiss(seat, with: .failure(error)) {
                isWaiting = true
            }
            if isWaiting { coordinator.counters.count { $0.softTimeouts += 1 } }
        }
    }
}

// MARK: In the background

extension CachedRepository {
    /// Reads entities again that the cache still has, unless somebody is loading them; returns at
    /// once.
    ///
    /// The load is nobody's: no reader waits for it, and none can cancel it.
    @usableFromInline
    func refresh(_ wanted: [Wanted]) {
        let task = LoadTask()
        let led = wanted.compactMap { wanted in
            flights.launch(wanted.key, load: task).map {
                CacheLoad<Primary, CacheType>.Led(wanted: wanted, seat: $0)
            }
        }
        guard !led.isEmpty else { return }
        let load = CacheLoad(
            repository: self, led: led, policy: policy, task: task, isRefresh: true)
        task.start(flights: led.count, inBackground: true) { await load.run() }
    }
}

extension StorageError {
    /// The error for a load that took too long for somebody.
    static func loadTimedOut(_ what: String) -> StorageError {
        StorageError(
            code: .timedOut,
            message: "\(what); ask again, or let staleIfPrimaryFails give out what is stale",
            operation: "get")
    }
}
