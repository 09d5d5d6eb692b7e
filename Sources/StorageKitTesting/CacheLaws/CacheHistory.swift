import StorageKit

/// Random calls of several tasks about one key of a cache, recorded, and what they mean.
struct CacheHistory<Harness: CacheHarness>: Sendable {
    /// A call; loads have numbers, which their tickets are known by.
    enum Call: Hashable, Sendable {
        case get
        case begin(Int, whateverIsThere: Bool)
        case publish(Int)
        case abandon(Int)
        case invalidate
    }

    enum Answer: Hashable, Sendable {
        case done
        case revision(Int?)
        case load
        case loading
        case stored(Bool)
    }

    /// What one key holds: the revision of its entry is the number of the load that published it.
    struct Model: Hashable, Sendable {
        var revision: Int?
        var load: Int?

        mutating func answer(to call: Call) -> Answer {
            switch call {
            case .get: return .revision(revision)
            case .begin(let number, let always):
                if let revision, !always { return .revision(revision) }
                guard load == nil else { return .loading }
                load = number
                return .load
            case .publish(let number):
                guard load == number else { return .stored(false) }
                (revision, load) = (number, nil)
                return .stored(true)
            case .abandon(let number):
                if load == number { load = nil }
                return .done
            case .invalidate:
                (revision, load) = (nil, nil)
                return .done
            }
        }
    }

    private let scene: CacheScene<Harness>
    private let number: Int
    private let recorder = HistoryRecorder<Call, Answer>()

    init(_ scene: CacheScene<Harness>, key number: Int) {
        self.scene = scene
        self.number = number
    }

    /// Three tasks load, read and invalidate; then the key is read.
    func record(seed: UInt64) async throws -> [HistoryEvent<Call, Answer>] {
        _ = try await scene.atOnce(3) { task in
            var generator = SeededGenerator(seed: seed &* 31 &+ UInt64(task))
            for step in 1...4 {
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: try await get()
                case 1: try await invalidate()
                default:
                    let always = Bool.random(using: &generator)
                    let abandons = Int.random(in: 0..<5, using: &generator) == 0
                    try await load(10 * task + step, always, abandons: abandons)
                }
            }
        }
        try await get()
        return recorder.events
    }

    /// The calls without those that neither read nor stored: loads that found another under way,
    /// that were abandoned, and that were refused.
    static func visible(
        in history: [HistoryEvent<Call, Answer>]
    ) -> [HistoryEvent<Call, Answer>] {
        let stored = Set(
            history.compactMap { event -> Int? in
                guard case .publish(let load) = event.operation else { return nil }
                return event.answer == .stored(true) ? load : nil
            })
        return history.filter { event in
            switch (event.operation, event.answer) {
            case (.begin(let load, _), .load), (.publish(let load), _): stored.contains(load)
            case (.begin, .loading), (.abandon, _): false
            default: true
            }
        }
    }

    private func get() async throws {
        _ = try await recorder.record(.get) {
            .revision(try await scene.cache.get(scene.key(number))?.value?.revision)
        }
    }

    private func invalidate() async throws {
        _ = try await recorder.record(.invalidate) {
            try await scene.invalidate(number)
            return .done
        }
    }

    private func load(_ load: Int, _ always: Bool, abandons: Bool) async throws {
        var ticket: Harness.Subject.Ticket?
        _ = try await recorder.record(.begin(load, whateverIsThere: always)) {
            switch try await scene.begin(number, unlessFreshFor: always ? nil : .zero) {
            case .hit(let entry): return .revision(entry.value?.revision)
            case .load(let registered):
                ticket = registered
                return .load
            case .bypass: return .loading
            }
        }
        guard let ticket else { return }
        await Task.yield()
        if abandons {
            _ = try await recorder.record(.abandon(load)) {
                try await scene.cache.abandonLoads([scene.key(number): ticket])
                return .done
            }
        } else {
            _ = try await recorder.record(.publish(load)) {
                .stored(try await scene.publish(number, scene.entry(number, load), ticket))
            }
        }
    }
}
