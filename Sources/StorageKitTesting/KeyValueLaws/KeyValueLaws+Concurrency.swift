import StorageKit

extension KeyValueLaws {
    static func concurrencyCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [wholeWrites(), oneDeleteRemoves(), readYourWrites(), linearizableRegister()]
    }

    private static func wholeWrites<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.whole-writes",
            "One operation is atomic: amid sets of one key a reader sees one of the values, never "
                + "none and never a mixture."
        ) { scene in
            let values = (0..<8).map {
                ByteString(
                    Array(
                        repeating: UInt8($0), count: min(2000, scene.store.limits.maximumValueBytes)
                    ))
            }
            try await scene.store.set("a", to: values[0])
            _ = try await scene.atOnce { task in
                for _ in 0..<20 {
                    if task.isMultiple(of: 2) { try await scene.store.set("a", to: values[task]) }
                    let seen = try await scene.store.get("a")
                    try scene.context.expect(
                        seen.map(values.contains) ?? false, "one of the values that were set",
                        seen: "\(seen?.count ?? 0) other bytes")
                    await Task.yield()
                }
            }
        }
    }

    private static func oneDeleteRemoves<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-delete-removes",
            "Of several deletes at once of one key exactly one says that it was there."
        ) { scene in
            for round in 0..<20 {
                try await scene.store.set("k\(round)", to: "1")
                let removed = try await scene.atOnce { _ in
                    try await scene.store.delete("k\(round)")
                }
                try scene.context.expectEqual(
                    removed.count { $0 }, 1, "the number of deletes that removed")
            }
        }
    }

    private static func readYourWrites<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.read-your-writes",
            "What begins after a write returned sees it, whatever others do to other keys."
        ) { scene in
            _ = try await scene.atOnce { task in
                let key: ByteString = "k\(task)"
                for round in 0..<20 {
                    try await scene.store.set(key, to: "\(round)")
                    try await scene.expect(key, holds: "\(round)", "amid writes of others")
                    try await scene.store.delete(key)
                    try await scene.expect(key, holds: nil, "amid writes of others")
                }
            }
        }
    }

    private static func linearizableRegister<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-key-is-linearizable",
            "Overlapping calls for one key get answers that they could have got one after the "
                + "other, each at one moment between its begin and its end."
        ) { scene in
            try await expectLinearizable(in: scene) { number, generator in
                switch Int.random(in: 0..<6, using: &generator) {
                case 0...1: KeyValueCall(scene.store.commands.set("k", to: "\(number)"))
                case 2: KeyValueCall(scene.store.commands.delete(["k"]))
                case 3: KeyValueCall(scene.store.commands.exists("k"))
                default: KeyValueCall(scene.store.commands.get("k"))
                }
            }
        }
    }

    /// Four tasks make five calls each for the key `k`, again and again; then the key is read.
    static func expectLinearizable<H: KeyValueHarness>(
        in scene: KeyValueScene<H>,
        _ draw: @Sendable (Int, inout SeededGenerator) -> KeyValueCall<KeyValueScene<H>.Store>
    ) async throws {
        typealias Call = KeyValueCall<KeyValueScene<H>.Store>
        for round in 0..<16 {
            let recorder = HistoryRecorder<KeyValueOperation, LinearAnswer>()
            var generator = SeededGenerator(seed: scene.context.seed &+ UInt64(round))
            let calls: [Call] = (0..<20).map { draw($0, &generator) }
            try await scene.store.delete("k")
            _ = try await scene.atOnce(4) { task in
                for call in calls[(task * 5)..<(task * 5 + 5)] {
                    try await recorder.record(call.operation) {
                        try LinearAnswer(await call.outcome(on: scene.store))
                    }
                }
            }
            let last = Call(scene.store.commands.get("k"))
            try await recorder.record(last.operation) {
                try LinearAnswer(await last.outcome(on: scene.store))
            }
            let explained = Linearizability.holds(
                recorder.events, from: ModelKeyValueState.Content?.none
            ) { LinearAnswer.model($1, &$0) }
            guard !explained else { continue }
            throw ConformanceFailure(
                expected: "answers that some order of the calls gives",
                seen: "answers that no order gives, within the recorded begins and ends",
                steps: recorder.events.map(\.description))
        }
    }
}

/// What a store says to a call of a history: a reply, or a code that the contract knows.
enum LinearAnswer: Hashable, Sendable {
    case reply(KeyValueReply)
    case refusal(StorageError.Code)

    init(_ outcome: Result<KeyValueReply, StorageError>) throws(StorageError) {
        switch outcome {
        case .success(let reply): self = .reply(reply)
        case .failure(let error):
            guard [.decodingFailed, .outOfRange, .wrongType].contains(error.code) else {
                throw error
            }
            self = .refusal(error.code)
        }
    }

    /// What an operation on the key `k` does to what it holds, and the answer.
    static func model(
        _ operation: KeyValueOperation, _ content: inout ModelKeyValueState.Content?
    ) -> LinearAnswer {
        var state = ModelKeyValueState(limits: KeyValueLimits())
        state["k"] = content.map { ModelKeyValueState.Entry(content: $0, deadline: nil) }
        defer { content = state["k"]?.content }
        do throws(StorageError) {
            return .reply(try state.reply(to: operation))
        } catch {
            return .refusal(error.code)
        }
    }
}
