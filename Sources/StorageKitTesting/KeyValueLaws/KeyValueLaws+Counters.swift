public import StorageKit

extension KeyValueLaws {
    /// The cases of `AtomicCounterStore`.
    public static func counterCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AtomicCounterStore {
        [
            counts(), countsText(), countsEnds(), overflows(), notAnInteger(), countLimits(),
            floats(), floatText(), wholeFloats(), floatsRefuse(), notAFloat(), floatOverflows(),
            countsAtOnce(), countersAreLinearizable(), counterRandom(),
        ]
    }

    private static func counts<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.adds",
            "increment adds, one by default, from zero when there is no key, and returns the sum; "
                + "a negative amount subtracts."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.increment("a"), answers: 1)
            try await scene.expect(c.increment("a", by: 41), answers: 42)
            try await scene.expect(c.increment("a", by: -50), answers: -8)
            try await scene.expect(c.increment("a", by: 0), answers: -8)
            try await scene.expect(c.increment("a", by: 8), answers: 0)
            try await scene.expect(c.increment("b", by: -3), answers: -3)
            try await scene.expect(c.increment("c", by: 0), answers: 0)
            try await scene.expectKeys(["a", "b", "c"], "after increments")
        }
    }

    private static func countsText<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.is-decimal-digits",
            "A counter is a value of decimal digits: get reads them, and set writes one."
        ) { scene in
            try await scene.store.increment("a", by: 120)
            try await scene.expect("a", holds: "120", "after increment from nothing")
            try await scene.store.increment("a", by: -121)
            try await scene.expect("a", holds: "-1", "after increment below zero")
            try await scene.store.increment("a")
            try await scene.expect("a", holds: "0", "after increment to zero")
            for text: ByteString in ["41", "-43", "0"] {
                try await scene.store.set("a", to: text)
                let start = Int64(text.string ?? "") ?? 0
                try await scene.expect(scene.commands.increment("a"), answers: start + 1)
            }
        }
    }

    private static func countsEnds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law("counter.reaches-the-ends", "A counter takes every Int64, both ends included.") {
            scene in
            let c = scene.commands
            try await scene.expect(c.increment("a", by: .max), answers: .max)
            try await scene.expect("a", holds: "9223372036854775807", "the largest")
            try await scene.expect(c.increment("a", by: -.max), answers: 0)
            try await scene.expect(c.increment("a", by: .min), answers: .min)
            try await scene.expect("a", holds: "-9223372036854775808", "the smallest")
            try await scene.expect(c.increment("a", by: .max), answers: -1)
        }
    }

    private static func overflows<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.refuses-what-does-not-fit",
            "increment throws outOfRange when the sum does not fit, and the value stays."
        ) { scene in
            let c = scene.commands
            for (value, amount): (ByteString, Int64) in [
                ("9223372036854775807", 1), ("1", .max), ("-9223372036854775808", -1),
                ("-1", .min), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ] {
                try await scene.store.set("a", to: value)
                try await scene.expect(c.increment("a", by: amount), throws: .outOfRange)
                try await scene.expect("a", holds: value, "after a refused increment")
            }
        }
    }

    private static func notAnInteger<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.refuses-what-is-no-integer",
            "increment of a value that is not an integer in its digits throws decodingFailed, and "
                + "the value stays."
        ) { scene in
            for text: ByteString in [
                "", "a", "1a", "1.5", "1.0", "1e3", " 1", "1 ", "+1", "01", "-0", "0x1", "--1",
                "-", "1\u{0}", "9223372036854775808", "-9223372036854775809", "nan",
            ] {
                try await scene.store.set("a", to: text)
                try await scene.expect(scene.commands.increment("a"), throws: .decodingFailed)
                try await scene.expect("a", holds: text, "after a refused increment")
            }
        }
    }

    private static func countLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.limits",
            "A counter's key is no longer than limits.maximumKeyBytes; more throws limitExceeded."
        ) { scene in
            let limit = try probe(scene.store.limits.maximumKeyBytes, "keys")
            let (key, long) = (bytes(limit), bytes(limit + 1))
            try await scene.expect(scene.commands.increment(key), answers: 1)
            try await scene.expect(scene.commands.increment(long), throws: .limitExceeded)
            try await scene.expect(
                scene.commands.incrementFloat(long, by: 1), throws: .limitExceeded)
        }
    }

    private static func countsAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        overlappingLaw(
            "counter.loses-nothing",
            "increment is one atomic step: of increments at once none is lost, and each returns "
                + "another sum."
        ) { scene in
            let sums = try await scene.atOnce { _ in
                var sums: [Int64] = []
                for _ in 0..<25 {
                    sums.append(try await scene.store.increment("a"))
                    try await scene.store.incrementFloat("f", by: 0.25)
                }
                return sums
            }
            try scene.context.expectEqual(
                sums.flatMap { $0 }.sorted(), Array(1...200), "the sums that were returned")
            try await scene.expect("a", holds: "200", "after 200 increments at once")
            try await scene.expect("f", holds: "50", "after 200 additions of a quarter")
        }
    }

    private static func countersAreLinearizable<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        overlappingLaw(
            "counter.one-key-is-linearizable",
            "Overlapping increments, sets, gets and deletes of one key get answers that they could "
                + "have got one after the other."
        ) { scene in
            try await expectLinearizable(in: scene) { number, generator in
                let c = scene.commands
                return switch Int.random(in: 0..<7, using: &generator) {
                case 0: KeyValueCall(c.set("k", to: "\(number * 100)"))
                case 1: KeyValueCall(c.delete(["k"]))
                case 2: KeyValueCall(c.get("k"))
                case 3: KeyValueCall(c.set("k", to: "text"))
                default: KeyValueCall(c.increment("k", by: Int64(number)))
                }
            }
        }
    }

    private static func counterRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.random-sequences",
            "Every sequence of calls on counters gets the answers that the contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Bool.random(using: &generator)
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.counter(scene.store, number, &generator)
            }
            try await KeyValueComparison(scene).run(sequences: 5) { number, generator in
                Bool.random(using: &generator)
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.integer(scene.store, number, &generator)
            }
        }
    }
}
