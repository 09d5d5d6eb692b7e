import StorageKitTesting
import Testing

@Suite("The check of a cache's history")
struct CacheStalenessTests {
    private typealias Event = CacheStaleness.Event

    private func event(
        _ kind: CacheCall.Kind, _ version: Int, _ span: ClosedRange<Int>, in process: Int = 1,
        key: Int = 0, told: Bool = true
    ) -> Event {
        Event(
            operation: CacheCall(kind, key: key, process: process),
            answer: CacheOutcome(version: version, isAcknowledged: told),
            begin: span.lowerBound, end: span.upperBound)
    }

    private func read(
        _ version: Int, _ span: ClosedRange<Int>, in process: Int = 2, key: Int = 0
    ) -> Event {
        event(.read, version, span, in: process, key: key)
    }

    private func write(
        _ version: Int, _ span: ClosedRange<Int>, in process: Int = 1, told: Bool = true
    ) -> Event {
        event(.write, version, span, in: process, told: told)
    }

    private func invalidate(
        _ span: ClosedRange<Int>, in process: Int = 1, of version: Int = 0, told: Bool = true
    ) -> Event {
        event(.invalidate, version, span, in: process, told: told)
    }

    /// The versions of the reads that are found to be wrong.
    private func wrong(
        _ events: [Event], _ promise: CacheStaleness.Promise = .acknowledgedInvalidations,
        lag: Int = 0
    ) -> [Int] {
        let found = CacheStaleness(promise, lag: lag).violations(in: events)
        let again = CacheStaleness(promise, lag: lag).violations(in: events.reversed())
        #expect(found.map(\.description).sorted() == again.map(\.description).sorted())
        return found.map(\.read.answer.version)
    }

    @Test("finds nothing in an empty history, nor in one without writes")
    func nothing() {
        #expect(wrong([]) == [])
        #expect(wrong([read(0, 1...2), read(0, 3...4)]) == [])
    }

    @Test("finds a read that began after an acknowledged write and is older", arguments: [1, 2])
    func stale(process: Int) {
        let write = write(5, 1...2)
        #expect(wrong([write, read(5, 3...4, in: process)]) == [])
        #expect(wrong([write, read(4, 3...4, in: process)]) == [4])
        #expect(wrong([write, read(0, 3...4, in: process)]) == [0], "it found nothing at all")
    }

    @Test("lets a read that overlaps the write see either")
    func overlap() {
        for span in [0...3, 1...1, 2...9, 4...9] {
            #expect(wrong([write(5, 1...4), read(4, span)]) == [])
            #expect(wrong([write(5, 1...4), read(5, span)]) == [])
        }
    }

    @Test("demands nothing of others when the cache was not told, and all of the process itself")
    func untold() {
        let write = write(5, 1...2, told: false)
        #expect(wrong([write, read(4, 3...4, in: 2)]) == [])
        #expect(wrong([write, read(4, 3...4, in: 1)]) == [4])
    }

    @Test("demands every write that returned where that is the promise")
    func strict() {
        let write = write(5, 1...2, told: false)
        #expect(wrong([write, read(4, 3...4)], .acknowledgedWrites) == [4])
        #expect(wrong([write, read(5, 3...4)], .acknowledgedWrites) == [])
        #expect(wrong([invalidate(1...2, told: false), read(0, 3...4)], .acknowledgedWrites) == [])
    }

    @Test("finds a read that is older than what somebody had seen where that is the promise")
    func seen() {
        let reads = [read(5, 1...2, in: 1), read(4, 3...4, in: 2)]
        #expect(wrong(reads, .everythingSeen) == [4])
        #expect(wrong(reads, .acknowledgedWrites) == [])
        #expect(wrong([read(5, 1...3), read(4, 2...4)], .everythingSeen) == [], "they overlap")
    }

    @Test("takes an invalidation to cover what was committed when it began, and nothing later")
    func invalidation() {
        let seen = read(5, 1...2, in: 3)
        #expect(wrong([seen, read(4, 7...8)]) == [], "nobody has invalidated")
        #expect(wrong([seen, invalidate(3...4), read(4, 7...8)]) == [4])
        #expect(wrong([write(5, 1...2, told: false), invalidate(3...4), read(4, 7...8)]) == [4])
        #expect(wrong([seen, invalidate(2...4), read(4, 7...8)]) == [], "it may have come first")
        #expect(wrong([seen, invalidate(3...4, told: false), read(4, 7...8)]) == [])
        #expect(wrong([seen, invalidate(3...4, told: false), read(4, 7...8, in: 1)]) == [4])
        #expect(wrong([seen, invalidate(3...7), read(4, 7...8)]) == [], "it overlaps the read")
        #expect(wrong([invalidate(3...4, of: 5), read(4, 7...8)]) == [4], "it knew of a write")
    }

    @Test("allows other processes the lag, and the own one none")
    func lag() {
        let write = write(5, 1...10)
        #expect(wrong([write, read(4, 15...16, in: 2)], lag: 5) == [])
        #expect(wrong([write, read(4, 16...17, in: 2)], lag: 5) == [4])
        #expect(wrong([write, read(4, 11...12, in: 1)], lag: 5) == [4])
    }

    @Test("goes by the highest version that was promised, in whatever order writes were recorded")
    func highest() {
        let writes = [write(6, 1...3), write(5, 2...9), write(4, 1...2)]
        #expect(wrong(writes + [read(5, 10...11), read(6, 12...13)]) == [5])
        #expect(wrong(writes + [read(4, 3...4), read(3, 3...4)]) == [3])
    }

    @Test("keeps keys apart")
    func keys() {
        #expect(wrong([write(5, 1...2), read(1, 3...4, key: 1)]) == [])
    }

    @Test("finds a read of what was written only later: then the clocks were not one")
    func future() {
        let found = CacheStaleness(.acknowledgedInvalidations)
            .violations(in: [read(5, 1...2), write(5, 3...4)])
        #expect(
            found.map(\.description) == [
                "[1, 2] process 2 read key 0 -> v5, though [3, 4] process 1 write key 0 -> v5"
            ])
    }

    @Test("says which read is wrong and what obliged it")
    func description() {
        let found = CacheStaleness(.acknowledgedInvalidations)
            .violations(in: [write(5, 1...2, told: false), write(6, 1...3), read(4, 4...5)])
        #expect(
            found.map(\.description) == [
                "[4, 5] process 2 read key 0 -> v4, though [1, 3] process 1 write key 0 -> v6"
            ])
    }

    @Test("agrees with a check that compares every read with everything", arguments: 0..<50)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let events = (0..<40).map { _ in randomEvent(&generator) }
        let lag = Int.random(in: 0...3, using: &generator)
        for promise in CacheStaleness.Promise.allCases {
            let found = CacheStaleness(promise, lag: lag).violations(in: events)
            let expected = events.filter { isStale($0, in: events, promise, lag) }
            #expect(
                found.map(\.read.description).sorted() == expected.map(\.description).sorted(),
                "seed \(seed), \(promise)")
        }
    }

    private func randomEvent(_ generator: inout SeededGenerator) -> Event {
        let begin = Int.random(in: 0..<60, using: &generator)
        let end = begin + Int.random(in: 0..<10, using: &generator)
        let kind = CacheCall.Kind.allCases.randomElement(using: &generator) ?? .read
        return event(
            kind, .random(in: 0...8, using: &generator), begin...end,
            in: .random(in: 1...3, using: &generator), key: .random(in: 0...1, using: &generator),
            told: kind == .read || .random(using: &generator))
    }

    /// The definition, without any cleverness.
    private func isStale(
        _ read: Event, in events: [Event], _ promise: CacheStaleness.Promise, _ lag: Int
    ) -> Bool {
        guard read.operation.kind == .read else { return false }
        let others = events.filter { $0.operation.key == read.operation.key }
        let write = others.first {
            $0.operation.kind == .write && $0.answer.version == read.answer.version
        }
        if let write, read.end < write.begin { return true }
        return others.contains { other in
            let isOwn =
                other.operation.process == read.operation.process && other.operation.kind != .read
            let isPromised =
                switch (promise, other.operation.kind) {
                case (.everythingSeen, .read), (.everythingSeen, .write): true
                case (.acknowledgedWrites, .write): true
                case (_, .read): false
                default: other.answer.isAcknowledged
                }
            var version = other.answer.version
            if other.operation.kind == .invalidate {
                let earlier = others.filter {
                    $0.operation.kind != .invalidate && $0.end < other.begin
                }
                version = max(version, earlier.map(\.answer.version).max() ?? 0)
            }
            guard version > read.answer.version else { return false }
            return isOwn && other.end < read.begin || isPromised && other.end < read.begin - lag
        }
    }

    @Test("a line says all of an event, and any other text is none")
    func lines() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let event = randomEvent(&generator)
            let again = try #require(Event(line: event.line))
            #expect(again.description == event.description && again.line == event.line)
            for length in 0..<event.line.count {
                #expect(Event(line: event.line.prefix(length))?.line != event.line)
            }
        }
        for text in [
            "", "read", "read 1 2 3 4 5 told", "read 1 2 3 4 5 told hit more",
            "peek 1 2 3 4 5 told hit", "read 1 2 3 4 x told hit", "read 1 2 3 4 5 yes hit",
            "read 1 2 3 4 5 told no", "read  2 3 4 5 told hit",
        ] { #expect(Event(line: text) == nil, "\(text)") }
    }
}
