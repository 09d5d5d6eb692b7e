import StorageKit

/// A cache under examination with what the laws do to it: numbers in place of keys, revisions in
/// place of values.
struct CacheScene<Harness: CacheHarness>: Sendable {
    typealias Subject = Harness.Subject
    typealias Ticket = Subject.Ticket
    typealias Lookup = CacheLookup<Specimen, Ticket>
    typealias Fill = CacheFill<Subject.Key, Specimen, Ticket>

    let harness: Harness
    let cache: Subject
    let context: ConformanceContext
    /// What tasks of one's own should run on: they do not inherit it.
    var executor: InterleavingExecutor?

    init(_ harness: Harness, _ subject: Subject, _ context: ConformanceContext) {
        self.harness = harness
        cache = subject
        self.context = context
    }

    func key(_ number: Int) -> Subject.Key { harness.key(number) }

    func keys(_ numbers: some Sequence<Int>) -> [Subject.Key] { numbers.map(harness.key) }

    func entry(
        _ number: Int, _ revision: Int = 0, timeToLive: Duration? = nil, freshFor: Duration? = nil,
        version: Int64? = nil, tags: Set<CacheTag> = []
    ) -> CacheEntry<Specimen> {
        CacheEntry(
            Specimen(number: number, revision: revision), timeToLive: timeToLive,
            freshFor: freshFor, version: version.map(CacheVersion.init), tags: tags)
    }

    /// Gives the body another scene on a cache as fresh as the first.
    func withAnotherScene<Value>(
        _ body: (CacheScene) async throws -> Value
    ) async throws -> Value {
        try await harness.withSubject { try await body(CacheScene(harness, $0, context)) }
    }

    /// Lets time pass for the subject.
    func letPass(_ time: Duration) async throws {
        try await harness.letPass(time, for: cache)
        context.note("\(time) passed")
    }
}

// MARK: Calls

extension CacheScene {
    func begin(
        _ number: Int, unlessFreshFor demanded: Duration? = .zero
    ) async throws -> Lookup {
        let lookups = try await cache.beginLoads([key(number)], unlessFreshFor: demanded)
        guard let lookup = lookups[key(number)] else {
            throw ConformanceFailure(expected: "an answer for every key", seen: "none")
        }
        context.note("beginLoads of \(number) -> \(lookup)")
        return lookup
    }

    /// A ticket of a load that is registered now.
    func ticket(
        _ number: Int, unlessFreshFor demanded: Duration? = .zero,
        _ when: @autoclosure () -> String = "where nothing is"
    ) async throws -> Ticket {
        let lookup = try await begin(number, unlessFreshFor: demanded)
        guard case .load(let ticket) = lookup else {
            throw ConformanceFailure(expected: "a load of \(number) \(when())", seen: "\(lookup)")
        }
        return ticket
    }

    @discardableResult
    func publish(
        _ number: Int, _ entry: CacheEntry<Specimen>, _ ticket: Ticket
    ) async throws -> Bool {
        let fill = Fill(key: key(number), entry: entry, ticket: ticket)
        let stored = try await cache.publish([fill])
        try context.expect(
            stored.isSubset(of: [key(number)]), "no keys but those given", seen: "\(stored)")
        context.note("publish of \(number) -> \(stored.count)")
        return !stored.isEmpty
    }

    /// Begins a load and publishes its outcome.
    func fill(
        _ number: Int, _ entry: CacheEntry<Specimen>, unlessFreshFor demanded: Duration? = .zero
    ) async throws {
        let ticket = try await ticket(number, unlessFreshFor: demanded)
        let stored = try await publish(number, entry, ticket)
        try context.expect(stored, "a publication with a registered ticket to be stored")
    }

    /// Fills the numbers with revision 0.
    func fill(_ numbers: some Sequence<Int>) async throws {
        for number in numbers { try await fill(number, entry(number)) }
    }

    func invalidate(_ numbers: Int...) async throws {
        try await cache.invalidate(keys(numbers))
        context.note("invalidate of \(numbers)")
    }
}

// MARK: Tasks

extension CacheScene {
    /// A task of its own, which can be cancelled.
    func task<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        Task(executorPreference: executor) { try await body() }
    }

    /// A task that has been cancelled before its body begins.
    func cancelledTask<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await body()
        }
    }

    /// Runs a body for each number at the same time and returns the answers by number.
    func atOnce<Value: Sendable>(
        _ count: Int = 8, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for number in 0..<count { group.addTask { (number, try await body(number)) } }
            var answers: [Int: Value] = [:]
            for try await (number, value) in group { answers[number] = value }
            return (0..<count).compactMap { answers[$0] }
        }
    }

    /// The value of a body, or a failure when it has none after the harness's patience.
    ///
    /// The body is cancelled then and not waited for: one that does not notice would never end.
    func within<Value: Sendable>(
        _ what: @autoclosure () -> String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let work = task(body)
        let first = FirstOutcome<Value>()
        let waiter = Task { first.settle(await work.result) }
        let patience = harness.patience
        let timer = Task {
            try await Task.sleep(for: patience)
            first.settle(nil)
        }
        defer { timer.cancel() }
        if let outcome = await first.outcome() { return try outcome.get() }
        work.cancel()
        waiter.cancel()
        throw ConformanceFailure(expected: what(), seen: "nothing for \(patience)")
    }
}
