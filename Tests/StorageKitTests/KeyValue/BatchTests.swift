import StorageKit
import Testing

@Suite("Pipelines and atomic batches")
struct BatchTests {
    /// Answers increments with 7, all else with an error.
    private let store = RecordingStore { (_, operation) throws(StorageError) in
        if case .increment = operation { return .integer(7) }
        if case .get = operation { return .value("here") }
        throw StorageError(code: .wrongType, message: "another kind")
    }

    @Test("each answer has the type of its command and stands at its place")
    func types() async throws {
        let (value, count) = try await store.atomically { ($0.get("a"), $0.increment("b", by: 2)) }
        #expect(value == "here" && count == 7)
        let counts = try await store.atomically { commands in
            (0..<3).map { commands.increment("c\($0)") }
        }
        #expect(counts == [7, 7, 7])
        #expect(
            store.operations == [
                .get("a"), .increment("b", by: 2), .increment("c0", by: 1),
                .increment("c1", by: 1), .increment("c2", by: 1),
            ])
    }

    @Test("a command that fails in a pipeline is alone with its error")
    func pipeline() async throws {
        let (before, failed, after) = try await store.pipeline {
            ($0.increment("a"), $0.hashGet("h", field: "f"), $0.increment("b"))
        }
        let results = (try before.get(), try after.get())
        #expect(results == (7, 7))
        let error = #expect(throws: StorageError.self) { try failed.get() }
        #expect(error?.code == .wrongType)
        #expect(error?.mayHaveBeenApplied == false, "it was refused, and it alone")
    }

    @Test("a command that fails in an atomic batch says that the others were done")
    func atomically() async {
        let error = await #expect(throws: StorageError.self) {
            try await store.atomically { ($0.increment("a"), $0.exists("b")) }
        }
        #expect(error?.code == .wrongType)
        #expect(error?.mayHaveBeenApplied == true)
        let same = await #expect(throws: StorageError.self) {
            try await store.atomically { [$0.exists("b"), $0.exists("c")] }
        }
        #expect(same?.mayHaveBeenApplied == true)
    }

    @Test("a command that fails in an atomic batch of its own says that nothing was done")
    func alone() async {
        let error = await #expect(throws: StorageError.self) {
            try await store.atomically { [$0.exists("b")] }
        }
        #expect(error?.code == .wrongType && error?.mayHaveBeenApplied == false)
        let missing = await #expect(throws: StorageError.self) {
            try await ForgetfulStore(replyCount: 0).atomically { [$0.get("a")] }
        }
        #expect(missing?.code == .internalError && missing?.mayHaveBeenApplied == true)
    }

    @Test("a batch that was refused as a whole says that nothing was done")
    func refused() async {
        let store = RecordingStore(limits: KeyValueLimits(maximumCommandsPerBatch: 1)) {
            (_, _) throws(StorageError) in .integer(1)
        }
        let error = await #expect(throws: StorageError.self) {
            try await store.namespace("n").atomically { ($0.increment("a"), $0.increment("b")) }
        }
        #expect(error?.code == .limitExceeded && error?.mayHaveBeenApplied == false)
        #expect(store.operations == [])
    }

    @Test("a batch of no commands asks nobody")
    func empty() async throws {
        let none = try await store.pipeline { _ in [KeyValueCommand<RecordingStore, Int64>]() }
        let nothing = try await store.atomically { _ in [KeyValueCommand<RecordingStore, Int64>]() }
        #expect(none.isEmpty && nothing.isEmpty && store.operations.isEmpty)
    }

    @Test("a store that gives fewer replies than there were commands is a defect, and no crash")
    func fewerReplies() async throws {
        let store = ForgetfulStore(replyCount: 1)
        let (first, second) = try await store.pipeline { ($0.get("a"), $0.get("b")) }
        let value = try first.get()
        #expect(value == "here")
        let missing = #expect(throws: StorageError.self) { try second.get() }
        #expect(missing?.code == .internalError)
        let error = await #expect(throws: StorageError.self) {
            try await store.atomically { ($0.get("a"), $0.get("b")) }
        }
        #expect(error?.code == .internalError && error?.mayHaveBeenApplied == true)
        let results = try await store.pipeline { [$0.get("a"), $0.get("b")] }
        #expect(results.map { (try? $0.get()) != nil } == [true, false])
    }

    @Test("a reply of another kind than the command's is a defect, and names no value")
    func otherReplies() async {
        for reply in [KeyValueReply.value("secret"), .number(nil), .done] {
            let error = await #expect(throws: StorageError.self) {
                try await RecordingStore(reply).increment("a")
            }
            #expect(error?.code == .internalError)
            #expect(error?.message.contains("secret") == false)
        }
        let error = await #expect(throws: StorageError.self) {
            try await RecordingStore(.integer(1)).set("a", to: "b")
        }
        #expect(error?.code == .internalError)
    }
}
