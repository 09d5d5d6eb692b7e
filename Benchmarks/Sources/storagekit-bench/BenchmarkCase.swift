/// One line of the table: our code and the raw C library doing the same work.
struct BenchmarkCase: Sendable {
    /// The name under which the figure is tracked; it never changes.
    let id: String
    /// What is measured, and with which durability, in a few words.
    let summary: String
    /// What one operation is, for the unit: `rows` gives rows/s.
    let operation: String
    /// How many operations one run of either side does.
    let operationCount: Int
    /// Puts everything back to where a run begins; not measured.
    var reset: @Sendable () async throws -> Void = {}
    /// Our side; returns a check sum of the work.
    let ours: @Sendable () async throws -> Int64
    /// The baseline; its check sum must be the same.
    let baseline: @Sendable () async throws -> Int64
}

/// The benchmarks of one category.
protocol BenchmarkSuite: Sendable {
    /// The name on the command line.
    static var name: String { get }

    /// Makes the cases, with their data.
    ///
    /// - Parameter isQuick: Whether less precision is enough.
    static func cases(isQuick: Bool) async throws -> [BenchmarkCase]

    /// Makes what is measured by itself, with its data.
    static func measures(isQuick: Bool) async throws -> [BenchmarkMeasure]
}

extension BenchmarkSuite {
    static func measures(isQuick: Bool) async throws -> [BenchmarkMeasure] { [] }

    /// Runs a task for each part and adds up what they give.
    static func sum<Part: Sendable>(
        of parts: [Part], _ body: @escaping @Sendable (Part) async throws -> Int64
    ) async throws -> Int64 {
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for part in parts { group.addTask { try await body(part) } }
            return try await group.reduce(0, +)
        }
    }
}
