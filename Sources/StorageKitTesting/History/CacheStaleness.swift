/// Looks for reads in a recorded history that were given something older than promised.
///
/// A history may come from several tasks or several processes, as long as all its times are of one
/// clock. The versions are the primary's, and increase with every commit of a key. Then nothing has
/// to be searched, unlike in ``Linearizability``: what a read must at least return is the highest
/// version that had been promised before the read began.
///
/// ```
///  process 1   ├── write v7, acknowledged ──┤
///  process 2                                    ├ read v6 ┤   stale
///  process 3                         ├─ read v6 ─┤            overlaps, may see either
/// ```
///
/// What obliges later reads is the ``Promise``. In any case a process that wrote or invalidated a
/// key is not given anything older itself, whether or not the cache could be told; and no read
/// ends with a version before the write of it began: a history in which that happens was not
/// recorded by one clock, and would prove nothing.
///
/// - Complexity: O(*n* log *n*) in the number of events.
public struct CacheStaleness: Sendable {
    /// What a read that begins later must not be older than.
    public enum Promise: String, CaseIterable, Sendable {
        /// What the cache was told of: a write or an invalidation that was acknowledged by the
        /// cache.
        case acknowledgedInvalidations
        /// Every write that returned, whether or not the cache could be told.
        case acknowledgedWrites
        /// Every write that returned and every version that anybody was given: once somebody has
        /// seen the new one, nobody sees an older one.
        case everythingSeen
    }

    /// A recorded call.
    public typealias Event = HistoryEvent<CacheCall, CacheOutcome>

    /// What is demanded.
    public var promise: Promise
    /// How much time, in steps of the events' clock, may pass before other processes are obliged.
    public var lag: Int

    /// Creates a checker.
    ///
    /// - Parameters:
    ///   - promise: What a read must not be older than.
    ///   - lag: How much later than that a read of another process must begin; zero for at once.
    public init(_ promise: Promise, lag: Int = 0) {
        self.promise = promise
        self.lag = lag
    }

    /// What is wrong with the history, in the order in which the reads began.
    public func violations(in events: [Event]) -> [Violation] {
        Dictionary(grouping: events, by: { $0.operation.key })
            .values.flatMap { violations(ofOneKey: $0) }
            .sorted { $0.read.begin < $1.read.begin }
    }
}

extension CacheStaleness {
    /// A read that returned what it must not.
    public struct Violation: Sendable, CustomStringConvertible {
        /// The read.
        public var read: Event
        /// What had ended before it and obliged it to something newer; or the write of what it
        /// returned, which had not begun.
        public var cause: Event

        /// Both, with their spans.
        public var description: String { "\(read), though \(cause)" }
    }

    private func violations(ofOneKey events: [Event]) -> [Violation] {
        let duties = Duties(events, promise)
        let writes = Dictionary(
            events.filter { $0.operation.kind == .write }.map { ($0.answer.version, $0) },
            uniquingKeysWith: { first, _ in first })
        return events.filter { $0.operation.kind == .read }.compactMap { read in
            if let write = writes[read.answer.version], read.end < write.begin {
                return Violation(read: read, cause: write)
            }
            return duties.broken(by: read, lag: lag)
                .map { Violation(read: read, cause: $0) }
        }
    }

    /// What the reads of one key must not be older than, at every moment.
    private struct Duties {
        private var ofAll: RisingFloor
        private var ofProcess: [Int: RisingFloor]

        init(_ events: [Event], _ promise: Promise) {
            let seen = RisingFloor(
                events.filter { $0.operation.kind != .invalidate }.map { ($0, $0.answer.version) })
            let own = events.filter { $0.operation.kind != .read }
                .map { ($0, Self.version($0, seen)) }
            ofProcess = Dictionary(grouping: own, by: { $0.0.operation.process })
                .mapValues(RisingFloor.init)
            ofAll = RisingFloor(own.filter { $0.0.answer.isAcknowledged })
            switch promise {
            case .acknowledgedInvalidations: break
            case .acknowledgedWrites:
                ofAll = RisingFloor(
                    own.filter { event, _ in
                        event.answer.isAcknowledged || event.operation.kind == .write
                    })
            case .everythingSeen:
                ofAll = RisingFloor(
                    own.filter { $0.0.answer.isAcknowledged }
                        + events.filter { $0.operation.kind != .invalidate }
                        .map { ($0, $0.answer.version) })
            }
        }

        /// What a write has written; what was known to be committed when an invalidation began.
        private static func version(_ event: Event, _ seen: RisingFloor) -> Int {
            guard event.operation.kind == .invalidate else { return event.answer.version }
            let known = seen.highest(before: event.begin)?.answer.version ?? 0
            return max(event.answer.version, known)
        }

        func broken(by read: Event, lag: Int) -> Event? {
            let own = ofProcess[read.operation.process]
            return own?.above(read.answer.version, before: read.begin)
                ?? ofAll.above(read.answer.version, before: read.begin - lag)
        }
    }
}
