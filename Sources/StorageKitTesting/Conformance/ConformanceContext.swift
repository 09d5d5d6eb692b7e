import Synchronization

/// What a running case is lent: expectations, randomness that can be replayed, and a trace.
///
/// One context serves one run of one case. It may be used from several tasks at once.
public final class ConformanceContext: Sendable {
    /// The seed of all randomness in this run.
    public let seed: UInt64

    private let trace = Mutex(ConformanceTrace())

    /// Creates a context.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// A generator that begins at the seed; equal seeds give equal runs.
    public func makeGenerator() -> SeededGenerator {
        SeededGenerator(seed: seed)
    }

    /// Adds a line to the trace that a failure message ends with.
    ///
    /// Only the last lines are kept, and they are not made into text before somebody reads them.
    public func note(_ line: @autoclosure @escaping @Sendable () -> String) {
        trace.withLock { $0.append(line) }
    }

    /// The trace so far, oldest line first.
    public var traceLines: [String] {
        // Text is made outside the lock: a line may describe anything.
        let trace = trace.withLock { $0 }
        return trace.lines
    }
}

/// The last lines of what happened in a case.
private struct ConformanceTrace: Sendable {
    private static let capacity = 24

    private var kept: [@Sendable () -> String] = []
    private var dropped = 0

    mutating func append(_ line: @escaping @Sendable () -> String) {
        if kept.count == Self.capacity {
            kept.removeFirst()
            dropped += 1
        }
        kept.append(line)
    }

    var lines: [String] {
        (dropped == 0 ? [] : ["(\(dropped) earlier calls)"]) + kept.map { $0() }
    }
}
