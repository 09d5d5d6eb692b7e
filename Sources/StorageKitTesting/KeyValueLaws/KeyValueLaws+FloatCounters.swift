import StorageKit

extension KeyValueLaws {
    static func floats<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.adds-numbers",
            "incrementFloat adds, from zero when there is no key, and returns the sum: exactly "
                + "where a Double is exact, to within its last place otherwise."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.incrementFloat("a", by: 0.5), answers: 0.5)
            try await scene.expect(c.incrementFloat("a", by: 0.25), answers: 0.75)
            try await scene.expect(c.incrementFloat("a", by: -2.75), answers: -2)
            try await scene.expect(c.incrementFloat("a", by: 0), answers: -2)
            try await scene.expect(c.incrementFloat("b", by: 0x1p-12), answers: 0x1p-12)
            try await scene.expect(c.incrementFloat("c", by: 1e15), answers: 1e15)
            try await scene.expect(c.incrementFloat("c", by: 0.125), answers: 1e15 + 0.125)
            var sum = 0.0
            for _ in 0..<20 {
                sum += 0.1
                let seen = try await scene.store.incrementFloat("d", by: 0.1)
                try scene.context.expect(
                    isClose(seen, sum), "incrementFloat to be \(sum)", seen: "\(seen)")
            }
        }
    }

    static func floatText<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.numbers-are-text",
            "get reads the digits of the sum that incrementFloat returned, and set writes a number."
        ) { scene in
            for amount in [0.5, 3.25, -1e6, 0.1, 1e-3, 12_345.678] {
                let sum = try await scene.store.incrementFloat("a", by: amount)
                let text = try await scene.store.get("a")?.string ?? ""
                try scene.context.expect(
                    Double(text).map { isClose($0, sum) } ?? false, "the digits of \(sum)",
                    seen: text)
            }
            for (text, sum): (ByteString, Double) in [("1.5", 2), ("-0.5", 0), ("10", 10.5)] {
                try await scene.store.set("a", to: text)
                try await scene.expect(scene.commands.incrementFloat("a", by: 0.5), answers: sum)
            }
        }
    }

    static func wholeFloats<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.whole-numbers-stay-integers",
            "A whole sum is written as an integer is, so increment and incrementFloat take turns; "
                + "increment of another sum throws decodingFailed."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.increment("a"), answers: 1)
            try await scene.expect(c.incrementFloat("a", by: 2.5), answers: 3.5)
            try await scene.expect(c.increment("a"), throws: .decodingFailed)
            try await scene.expect(c.incrementFloat("a", by: -0.5), answers: 3)
            try await scene.expect("a", holds: "3", "after a whole sum")
            try await scene.expect(c.increment("a"), answers: 4)
            try await scene.expect(c.incrementFloat("a", by: 1e15), answers: 1e15 + 4)
            try await scene.expect("a", holds: "1000000000000004", "after a large whole sum")
            try await scene.expect(c.incrementFloat("b", by: 0.5), answers: 0.5)
            try await scene.expect(c.incrementFloat("b", by: -0.5), answers: 0)
            try await scene.expect(c.increment("b"), answers: 1)
        }
    }

    static func floatsRefuse<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.refuses-infinities",
            "incrementFloat by an amount that is not finite throws invalidArgument, and nothing "
                + "changes."
        ) { scene in
            try await scene.store.set("a", to: "1")
            for amount in [Double.infinity, -.infinity, .nan] {
                for key: ByteString in ["a", "b"] {
                    try await scene.expect(
                        scene.commands.incrementFloat(key, by: amount), throws: .invalidArgument)
                }
            }
            try await scene.expect("a", holds: "1", "after refused increments")
            try await scene.expectKeys(["a"], "after refused increments")
        }
    }

    static func notAFloat<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.refuses-what-is-no-number",
            "incrementFloat of a value that is not a number throws decodingFailed, and it stays."
        ) { scene in
            for text: ByteString in ["", "a", "1a", " 1", "1 ", "1.5.2", "-", "nan", "1,5"] {
                try await scene.store.set("a", to: text)
                try await scene.expect(
                    scene.commands.incrementFloat("a", by: 1), throws: .decodingFailed)
                try await scene.expect("a", holds: text, "after a refused increment")
            }
        }
    }

    static func floatOverflows<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicCounterStore {
        law(
            "counter.numbers-beyond-range",
            "incrementFloat throws outOfRange when the sum is beyond the largest Double; the value "
                + "stays, unless the error says that it may not have."
        ) { scene in
            try await scene.expect(
                scene.commands.incrementFloat("a", by: 1.5e308), answers: 1.5e308)
            do {
                let sum = try await scene.store.incrementFloat("a", by: 1.5e308)
                throw ConformanceFailure(
                    expected: "incrementFloat to throw outOfRange", seen: "the answer \(sum)")
            } catch let error as StorageError {
                try scene.context.expectEqual(error.code, .outOfRange, "the error")
                guard !error.mayHaveBeenApplied else { return }
            }
            try await scene.expect(scene.commands.incrementFloat("a", by: 0), answers: 1.5e308)
        }
    }
}
