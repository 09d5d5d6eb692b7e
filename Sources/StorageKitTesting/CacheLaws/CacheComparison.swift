import StorageKit

/// Makes the same calls on a fresh subject and on a fresh model and compares the answers.
struct CacheComparison<Harness: CacheHarness>: SequenceComparison {
    /// A call; the tickets of loads are known by the number that the load was given.
    enum Call: Sendable {
        case get([Int])
        case begin(Int, load: Int, unlessFreshFor: Duration?)
        case publish(Int, load: Int, version: Int64?)
        case abandon(Int, load: Int)
        case invalidate([Int])
        case removeAll
    }

    let scene: CacheScene<Harness>

    init(_ scene: CacheScene<Harness>) { self.scene = scene }

    /// A call of any method, about few keys so that calls meet.
    static func draw(_ place: Int, _ generator: inout SeededGenerator) -> Call {
        let number = Int.random(in: 0..<3, using: &generator)
        let load = Int.random(in: max(0, place - 6)...place, using: &generator)
        switch Int.random(in: 0..<12, using: &generator) {
        case 0...1: return .get([number, 2])
        case 2...5:
            let demands: [Duration?] = [.zero, .zero, .seconds(5400), nil]
            let demanded = demands[Int.random(in: 0..<4, using: &generator)]
            return .begin(number, load: place, unlessFreshFor: demanded)
        case 6...8:
            let version = Int64.random(in: 0..<6, using: &generator)
            return .publish(number, load: load, version: version == 0 ? nil : version)
        case 9: return .abandon(number, load: load)
        case 10: return .invalidate(Bool.random(using: &generator) ? [number] : [number, 0])
        default: return place.isMultiple(of: 3) ? .removeAll : .get([0, 1, 2])
        }
    }

    func disagreement(_ calls: [Call]) async throws -> Disagreement? {
        let model = ModelCache(clock: ManualClock())
        return try await scene.withAnotherScene { scene in
            var subject = Tickets<Harness.Subject>()
            var modelled = Tickets<ModelCache>()
            for (place, call) in calls.enumerated() {
                let seen = try await subject.answer(call, scene.cache, scene.harness.key)
                let expected = try await modelled.answer(call, model) { $0 }
                guard seen == expected else {
                    return Disagreement(place: place, expected: expected, seen: seen)
                }
            }
            return nil
        }
    }

    /// One side of the comparison, which remembers its tickets.
    private struct Tickets<Subject: Cache> where Subject.Value == Specimen {
        private var tickets: [Int: Subject.Ticket] = [:]

        mutating func answer(
            _ call: Call, _ cache: Subject, _ key: (Int) -> Subject.Key
        ) async throws(StorageError) -> String {
            switch call {
            case .get(let numbers):
                let found = try await cache.get(numbers.map(key))
                return "\(numbers.map { Self.text(found[key($0)]) })"
            case .begin(let number, let load, let demanded):
                let lookups = try await cache.beginLoads([key(number)], unlessFreshFor: demanded)
                switch lookups[key(number)] {
                case .hit(let entry): return Self.text(entry)
                case .bypass(let reason): return "\(reason)"
                case nil: return "no answer"
                case .load(let ticket):
                    tickets[1000 * number + load] = ticket
                    return "load"
                }
            case .publish(let number, let load, let version):
                guard let ticket = tickets[1000 * number + load] else { return "no ticket" }
                let entry = CacheEntry(
                    Specimen(number: number, revision: load), timeToLive: .seconds(3600),
                    version: version.map(CacheVersion.init))
                _ = try await cache.publish([.init(key: key(number), entry: entry, ticket: ticket)])
                return "published"
            case .abandon(let number, let load):
                guard let ticket = tickets[1000 * number + load] else { return "no ticket" }
                try await cache.abandonLoads([key(number): ticket])
                return "abandoned"
            case .invalidate(let numbers):
                try await cache.invalidate(numbers.map(key))
                return "invalidated"
            case .removeAll:
                try await cache.removeAll()
                return "removed"
            }
        }

        private static func text(_ entry: CacheEntry<Specimen>?) -> String {
            guard let entry else { return "nothing" }
            let version = entry.version.map { " in version \($0.rawValue)" } ?? ""
            return "revision \(entry.value?.revision ?? -1)\(version)"
        }
    }
}
