import StorageKit

extension RepositoryLaws {
    static func linearizable<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "history.one-entity-is-linearizable",
            "Overlapping calls for one entity get answers that they could have got one after the "
                + "other, each at one moment between its begin and its end."
        ) { scene in
            for number in 0..<16 {
                let recorder = HistoryRecorder<EntityOperation, EntityAnswer>()
                try await overlap(recorder, number, scene)
                let explained = Linearizability.holds(recorder.events, from: Int?.none) {
                    $1.apply(to: &$0)
                }
                guard !explained else { continue }
                throw ConformanceFailure(
                    expected: "answers that some order of the calls for \(scene.id(number)) gives",
                    seen: "answers that no order gives, within the recorded begins and ends",
                    steps: recorder.events.map(\.description))
            }
        }
    }

    /// Four tasks make five calls each, then one call looks at what is left.
    private static func overlap<H: RepositoryHarness>(
        _ recorder: HistoryRecorder<EntityOperation, EntityAnswer>, _ number: Int,
        _ scene: RepositoryScene<H>
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                var generator = SeededGenerator(
                    seed: scene.context.seed &+ UInt64(number * 4 + task))
                let operations = (0..<5).map {
                    EntityOperation.random(revision: task * 5 + $0, using: &generator)
                }
                group.addTask {
                    for operation in operations {
                        try await recorder.record(operation) {
                            try await operation.perform(number, scene)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await recorder.record(.get) { try await EntityOperation.get.perform(number, scene) }
    }
}
