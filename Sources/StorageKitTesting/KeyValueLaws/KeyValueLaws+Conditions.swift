public import StorageKit

extension KeyValueLaws {
    /// The cases of `ConditionalWriteStore`.
    public static func conditionalWriteCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ConditionalWriteStore {
        [
            ifAbsent(), ifPresent(), compareAndSets(), compareAndDeletes(), exchanges(), takes(),
            emptyIsSomething(), comparesBytes(), conditionLimits(), oneSetIfAbsentWins(),
            compareAndSetLosesNothing(), exchangeLosesNothing(), oneTakes(),
            conditionsAreLinearizable(), conditionRandom(),
        ]
    }

    private static func ifAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.set-if-absent",
            "setIfAbsent writes a value if there is no such key, says whether it did, and leaves "
                + "what is there alone."
        ) { scene in
            let first = try await scene.store.setIfAbsent("a", to: "1")
            try scene.context.expectEqual(first, true, "setIfAbsent of an absent key")
            try await scene.expect("a", holds: "1", "after setIfAbsent")
            let second = try await scene.store.setIfAbsent("a", to: "2")
            try scene.context.expectEqual(second, false, "setIfAbsent of a present key")
            try await scene.expect("a", holds: "1", "after setIfAbsent that did not write")
            try await scene.store.delete("a")
            let third = try await scene.store.setIfAbsent("a", to: "3")
            try scene.context.expectEqual(third, true, "setIfAbsent of a deleted key")
            try await scene.expect("a", holds: "3", "after setIfAbsent")
        }
    }

    private static func ifPresent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.set-if-present",
            "setIfPresent writes a value if there is such a key, says whether it did, and makes "
                + "none."
        ) { scene in
            let first = try await scene.store.setIfPresent("a", to: "1")
            try scene.context.expectEqual(first, false, "setIfPresent of an absent key")
            try await scene.expect("a", holds: nil, "after setIfPresent that did not write")
            try await scene.store.set("a", to: "2")
            let second = try await scene.store.setIfPresent("a", to: "3")
            try scene.context.expectEqual(second, true, "setIfPresent of a present key")
            try await scene.expect("a", holds: "3", "after setIfPresent")
        }
    }

    private static func compareAndSets<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.compare-and-set",
            "compareAndSet writes a value if the key holds the expected one, says whether it did, "
                + "and changes nothing otherwise."
        ) { scene in
            let absent = try await scene.store.compareAndSet("a", from: "1", to: "2")
            try scene.context.expectEqual(absent, false, "compareAndSet of an absent key")
            try await scene.expect("a", holds: nil, "after it")
            try await scene.store.set("a", to: "1")
            let wrong = try await scene.store.compareAndSet("a", from: "0", to: "2")
            try scene.context.expectEqual(wrong, false, "compareAndSet of another value")
            try await scene.expect("a", holds: "1", "after it")
            let right = try await scene.store.compareAndSet("a", from: "1", to: "2")
            try scene.context.expectEqual(right, true, "compareAndSet of the expected value")
            try await scene.expect("a", holds: "2", "after it")
            let again = try await scene.store.compareAndSet("a", from: "1", to: "3")
            try scene.context.expectEqual(again, false, "compareAndSet of the value before")
            let same = try await scene.store.compareAndSet("a", from: "2", to: "2")
            try scene.context.expectEqual(same, true, "compareAndSet of a value with itself")
            try await scene.expect("a", holds: "2", "after it")
        }
    }

    private static func compareAndDeletes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.compare-and-delete",
            "compareAndDelete deletes a key if it holds the expected value, says whether it did, "
                + "and changes nothing otherwise."
        ) { scene in
            let absent = try await scene.store.compareAndDelete("a", from: "1")
            try scene.context.expectEqual(absent, false, "compareAndDelete of an absent key")
            try await scene.store.set("a", to: "1")
            let wrong = try await scene.store.compareAndDelete("a", from: "0")
            try scene.context.expectEqual(wrong, false, "compareAndDelete of another value")
            try await scene.expect("a", holds: "1", "after it")
            let right = try await scene.store.compareAndDelete("a", from: "1")
            try scene.context.expectEqual(right, true, "compareAndDelete of the expected value")
            try await scene.expect("a", holds: nil, "after it")
        }
    }

    private static func exchanges<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.exchange",
            "exchange writes a value and returns the one it replaces, or nil."
        ) { scene in
            for (value, before): (ByteString, ByteString?) in [("1", nil), ("2", "1"), ("2", "2")] {
                let seen = try await scene.store.exchange("a", with: value)
                try scene.context.expectEqual(seen, before, "exchange with '\(value)'")
                try await scene.expect("a", holds: value, "after exchange")
            }
        }
    }

    private static func takes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.take", "take deletes a key and returns the value it held, or nil."
        ) { scene in
            let absent = try await scene.store.take("a")
            try scene.context.expectEqual(absent, nil, "take of an absent key")
            try await scene.store.set("a", to: "1")
            try await scene.store.set("b", to: "2")
            let seen = try await scene.store.take("a")
            try scene.context.expectEqual(seen, "1", "take of a present key")
            try await scene.expect("a", holds: nil, "after take")
            try await scene.expectKeys(["b"], "after take")
            let again = try await scene.store.take("a")
            try scene.context.expectEqual(again, nil, "take again")
        }
    }

    private static func emptyIsSomething<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.empty-is-not-absent",
            "A key with an empty value exists and equals an empty value; an absent key equals none."
        ) { scene in
            let fromNothing = try await scene.store.compareAndSet("a", from: "", to: "1")
            try scene.context.expectEqual(fromNothing, false, "compareAndSet of absent from empty")
            let deleted = try await scene.store.compareAndDelete("a", from: "")
            try scene.context.expectEqual(deleted, false, "compareAndDelete of absent, empty")
            try await scene.store.set("a", to: "")
            let absent = try await scene.store.setIfAbsent("a", to: "1")
            try scene.context.expectEqual(absent, false, "setIfAbsent over an empty value")
            let exchanged = try await scene.store.exchange("a", with: "")
            try scene.context.expectEqual(exchanged, "", "exchange of an empty value")
            let present = try await scene.store.setIfPresent("a", to: "")
            try scene.context.expectEqual(present, true, "setIfPresent over an empty value")
            let equal = try await scene.store.compareAndSet("a", from: "", to: "1")
            try scene.context.expectEqual(equal, true, "compareAndSet from an empty value")
            try await scene.store.set("a", to: "")
            let taken = try await scene.store.take("a")
            try scene.context.expectEqual(taken, "", "take of an empty value")
            try await scene.expect("a", holds: nil, "after take")
        }
    }

    private static func comparesBytes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.compares-bytes",
            "Values are equal when all their bytes are: numbers, text and NUL mean nothing."
        ) { scene in
            let pairs: [(ByteString, ByteString)] = [
                ("1", "01"), ("1", "1.0"), ("a", "A"), ("a", "a\u{0}"), ("a\u{0}b", "a\u{0}c"),
                ("a", "a "), ("a", "a\n"), ("*", "a"), ("é", "e\u{301}"),
                (ByteString([0x80]), ByteString([0x81])),
            ]
            for (left, right) in pairs {
                for (held, expected) in [(left, right), (right, left)] {
                    try await scene.store.set("a", to: held)
                    let other = try await scene.store.compareAndSet("a", from: expected, to: "x")
                    try scene.context.expectEqual(
                        other, false, "compareAndSet of '\(held)' from '\(expected)'")
                    let kept = try await scene.store.compareAndDelete("a", from: expected)
                    try scene.context.expectEqual(
                        kept, false, "compareAndDelete of '\(held)' from '\(expected)'")
                    let same = try await scene.store.compareAndSet("a", from: held, to: expected)
                    try scene.context.expectEqual(
                        same, true, "compareAndSet of '\(held)' from itself")
                    try await scene.expect("a", holds: expected, "after compareAndSet")
                }
            }
        }
    }

    private static func conditionLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.limits",
            "What is written or compared is no longer than limits.maximumValueBytes; more throws "
                + "limitExceeded, and nothing changes."
        ) { scene in
            let long = bytes(try probe(scene.store.limits.maximumValueBytes, "values") + 1)
            let store = scene.store
            try await store.set("a", to: "1")
            try await scene.refuses(.limitExceeded) { try await store.setIfAbsent("b", to: long) }
            try await scene.refuses(.limitExceeded) { try await store.setIfAbsent("a", to: long) }
            try await scene.refuses(.limitExceeded) { try await store.setIfPresent("a", to: long) }
            try await scene.refuses(.limitExceeded) {
                try await store.compareAndSet("a", from: "1", to: long)
            }
            try await scene.refuses(.limitExceeded) {
                try await store.compareAndSet("a", from: long, to: "2")
            }
            try await scene.refuses(.limitExceeded) {
                try await store.compareAndDelete("a", from: long)
            }
            try await scene.refuses(.limitExceeded) { try await store.exchange("a", with: long) }
            try await scene.expect("a", holds: "1", "after refused calls")
            try await scene.expectKeys(["a"], "after refused calls")
        }
    }

    private static func conditionRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        law(
            "conditional.random-sequences",
            "Every sequence of conditional writes gets the answers that the contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Bool.random(using: &generator)
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.condition(scene.store, number, &generator)
            }
        }
    }
}
