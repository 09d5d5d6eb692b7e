import StorageKit

/// What is promised of pipelines and of atomic batches alike.
extension KeyValueLaws {
    static func batchCases<Way: BatchWay>(by way: Way) -> [ConformanceCase<Way.Harness>] {
        [
            batchAnswers(by: way), batchOrder(by: way), batchEmpty(by: way), batchAtLimit(by: way),
            batchPastLimit(by: way), batchRefused(by: way),
        ]
    }

    private static func batchAnswers<Way: BatchWay>(
        by way: Way
    ) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).answers-by-position",
            "A \(way.noun) gives the answer of each command at its position, with its own type."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let (value, _, many, isThere, count) = try await way.run(on: scene.store) {
                (
                    $0.get("a"), $0.set("b", to: "2"), $0.get(["x", "a"]), $0.exists("x"),
                    $0.delete(["a", "x"])
                )
            }
            try scene.context.expectEqual(value, "1", "get in a \(way.noun)")
            try scene.context.expectEqual(many, [nil, "1"], "get of several in a \(way.noun)")
            try scene.context.expectEqual(isThere, false, "exists in a \(way.noun)")
            try scene.context.expectEqual(count, 1, "delete in a \(way.noun)")
        }
    }

    private static func batchOrder<Way: BatchWay>(by way: Way) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).in-order",
            "The commands of a \(way.noun) are done in their order, and see what those before have "
                + "done."
        ) { scene in
            let (_, first, _, second, _, third) = try await way.run(on: scene.store) {
                (
                    $0.set("a", to: "1"), $0.get("a"), $0.set("a", to: "2"), $0.get("a"),
                    $0.delete("a"), $0.get("a")
                )
            }
            try scene.context.expectEqual(
                [first, second, third], ["1", "2", nil], "gets between writes")
            _ = try await way.run(on: scene.store) { c in
                (0..<50).map { c.set("n", to: "\($0)") }
            }
            try await scene.expect("n", holds: "49", "after fifty writes in a \(way.noun)")
        }
    }

    private static func batchEmpty<Way: BatchWay>(by way: Way) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).of-nothing", "A \(way.noun) of no commands gives no answers."
        ) { scene in
            let none = try await way.run(on: scene.store) { _ -> [KeyValueCommand<_, Bool>] in [] }
            try scene.context.expectEqual(none, [], "the answers of an empty \(way.noun)")
            let raw = try await way.replies(to: KeyValueBatch(), from: scene.store)
            try scene.context.expectEqual(raw.count, 0, "the replies to an empty \(way.noun)")
            // Commands that nobody need be asked about have their places all the same.
            let (many, value, count) = try await way.run(on: scene.store) {
                ($0.get([]), $0.get("a"), $0.delete([]))
            }
            try scene.context.expectEqual(many, [], "get of no keys in a \(way.noun)")
            try scene.context.expectEqual(value, nil, "get after it")
            try scene.context.expectEqual(count, 0, "delete of no keys in a \(way.noun)")
        }
    }

    private static func batchAtLimit<Way: BatchWay>(by way: Way) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).at-the-limit",
            "A \(way.noun) has as many commands as limits.maximumCommandsPerBatch says."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            let answers: [Void] = try await way.run(on: scene.store) { c in
                (0..<size).map { c.set("n", to: "\($0)") }
            }
            try scene.context.expectEqual(answers.count, size, "the number of answers")
            try await scene.expect("n", holds: "\(size - 1)", "after the largest \(way.noun)")
        }
    }

    private static func batchPastLimit<Way: BatchWay>(
        by way: Way
    ) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).past-the-limit",
            "A \(way.noun) of more commands than limits.maximumCommandsPerBatch throws "
                + "limitExceeded, and none of them is done."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            try await scene.refuses(.limitExceeded) {
                try await way.run(on: scene.store) { c in
                    (0...size).map { _ in c.set("n", to: "1") }
                }
            }
            try await scene.expectKeys([], "after a refused \(way.noun)")
        }
    }

    private static func batchRefused<Way: BatchWay>(by way: Way) -> ConformanceCase<Way.Harness> {
        law(
            "\(way.group).refused-as-a-whole",
            "A \(way.noun) with a command that can never be right, or beyond the limits, throws "
                + "before anything is done."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                try await way.run(on: scene.store) {
                    ($0.set("n", to: "1"), $0.keys(withPrefix: "", after: nil, limit: 0))
                }
            }
            if let key = tooLongKey(scene.store.limits) {
                try await scene.refuses(.limitExceeded) {
                    try await way.run(on: scene.store) {
                        [$0.set("n", to: "1"), $0.set(key, to: "1")]
                    }
                }
            }
            try await scene.expectKeys([], "after what was refused")
        }
    }

    /// For stores that count.
    static func batchCounts<Way: BatchWay>(by way: Way) -> ConformanceCase<Way.Harness>
    where Way.Harness.Subject: AtomicCounterStore {
        law(
            "\(way.group).counts-in-order",
            "Increments in a \(way.noun) give the sums in their order, and reads between them "
                + "those that were reached."
        ) { scene in
            let (first, seen, second) = try await way.run(on: scene.store) {
                ($0.increment("n", by: 7), $0.get("n"), $0.increment("n", by: -2))
            }
            try scene.context.expectEqual(first, 7, "the first sum")
            try scene.context.expectEqual(seen, "7", "get between increments")
            try scene.context.expectEqual(second, 5, "the second sum")
            let sums = try await way.run(on: scene.store) { c in
                (0..<50).map { _ in c.increment("many") }
            }
            try scene.context.expectEqual(sums, Array(1...50), "increments in a \(way.noun)")
        }
    }
}
