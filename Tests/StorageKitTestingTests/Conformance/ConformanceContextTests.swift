import StorageKit
import StorageKitTesting
import Testing

@Suite("ConformanceContext")
struct ConformanceContextTests {
    private let context = ConformanceContext(seed: 3)

    @Test("expectations that hold say nothing")
    func holds() async throws {
        try context.expect(true, "nothing")
        try context.expectEqual([1], [1], "a list")
        let error = try await context.expectThrows(.busy, "a call") {
            throw StorageError(code: .busy, message: "locked")
        }
        #expect(error.message == "locked")
    }

    @Test("an expectation that does not hold says what was expected and what was seen")
    func messages() {
        let condition = #expect(throws: ConformanceFailure.self) {
            try context.expect(false, "a page of 2", seen: "3 entities")
        }
        #expect(condition?.description == "expected a page of 2; seen: 3 entities")
        let equality = #expect(throws: ConformanceFailure.self) {
            try context.expectEqual(Int?.some(1), nil, "get")
        }
        #expect(equality?.description == "expected get to be nil; seen: 1")
    }

    @Test("expectThrows wants this code, a StorageError, and a certain refusal")
    func refusals() async {
        let errors: [any Error] = [
            StorageError(code: .notFound, message: ""), CancellationError(),
            StorageError(code: .busy, message: "", mayHaveBeenApplied: true),
        ]
        for error in errors {
            await #expect(throws: ConformanceFailure.self) {
                try await context.expectThrows(.busy, "a call") { throw error }
            }
        }
        let none = await #expect(throws: ConformanceFailure.self) {
            try await context.expectThrows(.busy, "a call") { 5 }
        }
        #expect(none?.seen == "no error, the answer 5")
    }

    @Test("the trace keeps the last lines and counts the others")
    func trace() {
        for number in 0..<30 { context.note("call \(number)") }
        #expect(context.traceLines.count == 25)
        #expect(context.traceLines.first == "(6 earlier calls)")
        #expect(context.traceLines.last == "call 29")
    }

    @Test("a subject is torn down whatever happens, and its failure is not hidden")
    func tearDown() async throws {
        let harness = TearDownHarness()
        #expect(try await harness.withSubject { $0 + 1 } == 2)
        await #expect(throws: ConformanceFailure.self) {
            try await harness.withSubject { _ in
                throw ConformanceFailure(expected: "a", seen: "b")
            }
        }
        #expect(harness.log.lines == ["tear down 1", "tear down 1"])
    }
}

private struct TearDownHarness: ConformanceHarness {
    let log = Log()
    func makeSubject() async throws -> Int { 1 }
    func tearDown(_ subject: Int) async throws { log.append("tear down \(subject)") }
}
