import StorageKit

/// A cache under examination with what the laws do to it: numbers in place of keys, revisions in
/// place of values.
struct CacheScene<Harness: CacheHarness>: PatientScene {
    typealias Subject = Harness.Subject
    typealias Ticket = Subject.Ticket
    typealias Lookup = CacheLookup<Specimen, Ticket>
    typealias Fill = CacheFill<Subject.Key, Specimen, Ticket>

    let harness: Harness
    let cache: Subject
    let context: ConformanceContext
    var executor: InterleavingExecutor?
    var patience: Duration { harness.patience }

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
