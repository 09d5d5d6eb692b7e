import StorageKit

extension KeyValueLaws {
    static func hashCounts<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.counts",
            "hashIncrement adds to the integer in a field, from zero when there is none, returns "
                + "the sum and leaves other fields alone."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.hashIncrement("h", field: "n"), answers: 1)
            try await scene.expect(c.hashIncrement("h", field: "n", by: 41), answers: 42)
            try await scene.expect(c.hashIncrement("h", field: "n", by: -50), answers: -8)
            try await scene.expect(c.hashIncrement("h", field: "m", by: .max), answers: .max)
            try await scene.expect(c.hashIncrement("h", field: "o", by: .min), answers: .min)
            try await scene.expect(
                c.hashGetAll("h"),
                answers: ["n": "-8", "m": "9223372036854775807", "o": "-9223372036854775808"])
            try await scene.store.hashSet("h", ["n": "7"])
            try await scene.expect(c.hashIncrement("h", field: "n"), answers: 8)
        }
    }

    static func hashCountRefusals<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.counts-refuse",
            "hashIncrement of what is no integer throws decodingFailed, beyond the range "
                + "outOfRange; the field stays. The same for numbers."
        ) { scene in
            let c = scene.commands
            for text: ByteString in ["", "a", "1.5", " 1", "1 ", "9223372036854775808"] {
                try await scene.store.hashSet("h", ["n": text])
                try await scene.expect(c.hashIncrement("h", field: "n"), throws: .decodingFailed)
                try await scene.expect(c.hashGetAll("h"), answers: ["n": text])
            }
            for text: ByteString in ["", "a", "1.5.2", " 1", "1 ", "nan"] {
                try await scene.store.hashSet("h", ["n": text])
                try await scene.expect(
                    c.hashIncrementFloat("h", field: "n", by: 0.5), throws: .decodingFailed)
                try await scene.expect(c.hashGetAll("h"), answers: ["n": text])
            }
            for (text, amount): (ByteString, Int64) in [
                ("9223372036854775807", 1), ("-9223372036854775808", -1), ("-1", .min),
            ] {
                try await scene.store.hashSet("h", ["n": text])
                try await scene.expect(
                    c.hashIncrement("h", field: "n", by: amount), throws: .outOfRange)
                try await scene.expect(c.hashGetAll("h"), answers: ["n": text])
            }
            for amount in [Double.infinity, -.infinity, .nan] {
                try await scene.expect(
                    c.hashIncrementFloat("h", field: "x", by: amount), throws: .invalidArgument)
            }
            try await scene.expect(c.hashCount("h"), answers: 1)
        }
    }

    static func hashAddsNumbers<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.adds-numbers",
            "hashIncrementFloat adds to the number in a field, from zero when there is none; a "
                + "whole sum is written as an integer is."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.hashIncrementFloat("h", field: "n", by: 0.5), answers: 0.5)
            try await scene.expect(c.hashIncrementFloat("h", field: "n", by: -2.75), answers: -2.25)
            try await scene.expect(c.hashIncrement("h", field: "n"), throws: .decodingFailed)
            try await scene.expect(c.hashIncrementFloat("h", field: "n", by: 0.25), answers: -2)
            try await scene.expect(c.hashGet("h", field: "n"), answers: "-2")
            try await scene.expect(c.hashIncrement("h", field: "n"), answers: -1)
        }
    }

    static func hashCountsAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        overlappingLaw(
            "hash.counts-lose-nothing",
            "hashIncrement is one atomic step: of increments at once none is lost, and each "
                + "returns another sum."
        ) { scene in
            let sums = try await scene.atOnce { _ in
                var sums: [Int64] = []
                for _ in 0..<20 {
                    sums.append(try await scene.store.hashIncrement("h", field: "n"))
                    try await scene.store.hashIncrementFloat("h", field: "f", by: 0.5)
                }
                return sums
            }
            try scene.context.expectEqual(
                sums.flatMap { $0 }.sorted(), Array(1...160), "the sums that were returned")
            try await scene.expect(
                scene.commands.hashGetAll("h"), answers: ["n": "160", "f": "80"])
        }
    }
}
