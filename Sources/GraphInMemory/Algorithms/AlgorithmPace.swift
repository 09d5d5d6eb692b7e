internal import StorageKit

/// The pace of a long algorithm: tells how far it is, stops when its task is cancelled, and lets
/// other tasks run in between.
///
/// ```swift
/// var pace = AlgorithmPace("pageRank", total: iterations, progress: progress)
/// for iteration in 0..<iterations {
///     for node in 0..<nodeCount {
///         try pace.spend(degree(node))        // a subtraction; looks up every 64 Ki edges
///         …
///     }
///     try await pace.turn(done: iteration + 1)
/// }
/// ```
///
/// The work is counted in edges. A `turn` is cheap where little was done since the last one, so it
/// may stand after each level of a search, be there two or a million of them.
struct AlgorithmPace {
    /// How many edges are worked on between two looks at the task.
    static let interval = 65_536
    /// How many looks there are between two turns: a few milliseconds of work, beside which giving
    /// way costs nothing, even if the task goes on in another thread.
    private static let looksForTurn = 8

    private let algorithm: String
    private let total: Int?
    private let progress: (@Sendable (AlgorithmProgress) -> Void)?
    /// What may be done before the next look.
    private var budget = Self.interval
    private var looks = 0

    /// Whether it is time to leave a loop that has no iterations, for a ``turn(done:)``.
    var isTurnDue: Bool { looks >= Self.looksForTurn }

    /// - Parameters:
    ///   - algorithm: Its name, as in the API.
    ///   - total: All its work in its own unit; `nil` where that cannot be known.
    ///   - progress: Whoever wants to know.
    init(
        _ algorithm: String, total: Int? = nil,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) {
        self.algorithm = algorithm
        self.total = total
        self.progress = progress
    }

    /// Counts work, and stops a cancelled task once every ``interval``.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @inline(__always)
    mutating func spend(_ edges: Int) throws(StorageError) {
        budget -= edges
        if budget < 0 { try look() }
    }

    /// Stops a cancelled task, whatever was done since the last look.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @inline(never)
    mutating func look() throws(StorageError) {
        budget = Self.interval
        looks += 1
        if Task.isCancelled { throw .cancelled(operation: algorithm) }
    }

    /// Ends a part of the work: tells how far it is, stops a cancelled task, and lets other tasks
    /// run if a turn is due.
    ///
    /// - Parameter done: All that is done by now, in the algorithm's own unit.
    /// - Throws: ``StorageError/Code/cancelled``.
    mutating func turn(done: Int) async throws(StorageError) {
        progress?(AlgorithmProgress(algorithm: algorithm, done: done, total: total))
        if Task.isCancelled { throw .cancelled(operation: algorithm) }
        guard isTurnDue else { return }
        looks = 0
        await Task.yield()
    }
}
