import Testing

@testable import RelationalBackend

/// Demands that a test has closed each connection of the databases it made, and that no connection
/// still had statements when it was closed.
///
/// The census is the test's own, by a task-local value that a database takes in when it is made, so
/// no test can blame its neighbour.
struct NothingLeftOpen: SuiteTrait, TestTrait, TestScoping {
    /// How long connections that are closed in the background may take.
    var patience = Duration.seconds(20)
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let census = SQLiteCensus()
        try await SQLiteCensus.$current.withValue(census) { try await function() }
        let count = await Self.settled(census, patience: patience)
        #expect(
            count.openHandles == 0 && count.leftStatements == 0,
            "\(test.name) leaves connections open, or closed ones with statements: \(count)")
    }

    /// What is left when connections that are closed in the background had their time.
    ///
    /// A database that is dropped closes on its threads; only one that leaks waits for the end.
    static func settled(
        _ census: SQLiteCensus, patience: Duration
    ) async -> SQLiteCensus.Count {
        let end = ContinuousClock.now + patience
        while census.count.openHandles > 0, .now < end { await Task.yield() }
        return census.count
    }
}

extension Trait where Self == NothingLeftOpen {
    /// Each test closes what it opens.
    static var nothingLeftOpen: Self { Self() }
}
