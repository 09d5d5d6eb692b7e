import Testing

@testable import StorageKit

@Suite("Operations of key-value stores")
struct KeyValueOperationTests {
    @Test("a namespace puts its prefix before every key and channel, and before nothing else")
    func translation() {
        let translation = KeyTranslation(prefix: "n:")
        let translated = everyOperation().map { $0.operation.translated(by: translation) }
        #expect(translated == everyOperation { "n:" + $0 }.map(\.operation))
    }

    @Test("an operation is called after the method that makes it, and says whether it changes")
    func traits() {
        for (operation, name, isReadOnly) in everyOperation() {
            #expect(operation.name == name)
            #expect(operation.isReadOnly == isReadOnly, "\(name)")
        }
    }

    @Test("what is usual passes every check, with the smallest limits it keeps")
    func usual() throws {
        let limits = KeyValueLimits(
            maximumKeyBytes: 1, maximumValueBytes: 1, maximumElementsPerCall: 2,
            maximumTimeToLive: .seconds(1))
        for (operation, _, _) in everyOperation() { try operation.check(against: limits) }
    }

    @Test(
        "what can never be right is refused under the method's name",
        arguments: OperationTable.invalid)
    func invalid(operation: KeyValueOperation) {
        expect(.invalidArgument, for: operation, limits: KeyValueLimits())
    }

    @Test(
        "at the limit a call passes, and beyond it it is refused", arguments: OperationTable.large)
    func atTheLimit(operation: KeyValueOperation) throws {
        try operation.check(against: limits(bytes: 5, elements: 3))
        expect(.limitExceeded, for: operation, limits: limits(bytes: 4, elements: 2))
    }

    private func limits(bytes: Int, elements: Int) -> KeyValueLimits {
        KeyValueLimits(
            maximumKeyBytes: bytes, maximumValueBytes: bytes, maximumElementsPerCall: elements,
            maximumTimeToLive: .seconds(bytes))
    }

    private func expect(
        _ code: StorageError.Code, for operation: KeyValueOperation, limits: KeyValueLimits
    ) {
        let error = #expect(throws: StorageError.self) { try operation.check(against: limits) }
        #expect(error?.code == code)
        #expect(error?.operation == operation.name)
        #expect(error?.mayHaveBeenApplied == false)
    }

    @Test("a batch is refused for its length, and for any of its commands")
    func batches() throws {
        let commands = RecordingStore(.done).commands
        let limits = KeyValueLimits(maximumKeyBytes: 1, maximumCommandsPerBatch: 2)
        try KeyValueBatch([commands.get("a"), commands.get("b")]).check(against: limits)
        for keys: [ByteString] in [["a", "b", "c"], ["a", "bb"]] {
            let batch = KeyValueBatch(keys.map { commands.get($0) })
            let error = #expect(throws: StorageError.self) { try batch.check(against: limits) }
            #expect(error?.code == .limitExceeded)
        }
    }

    @Test(
        "asking for nothing is answered at once, asking for anything is not",
        arguments: OperationTable.immediate)
    func immediateReplies(
        nothing: KeyValueOperation, reply: KeyValueReply, something: KeyValueOperation
    ) {
        #expect(nothing.immediateReply == reply)
        #expect(something.immediateReply == nil)
    }

    @Test("what has an effect of its own is never answered at once")
    func effects() {
        #expect(KeyValueOperation.list("a", .trim(0..<0)).immediateReply == nil)
        for (operation, name, _) in everyOperation() {
            #expect(operation.immediateReply == nil, "\(name)")
        }
    }
}
