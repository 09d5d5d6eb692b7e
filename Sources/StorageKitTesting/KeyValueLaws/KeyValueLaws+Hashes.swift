public import StorageKit

extension KeyValueLaws {
    /// The cases of `HashStore`.
    public static func hashCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: HashStore {
        [
            hashSets(), hashOfAbsent(), hashGetsMany(), hashDeletes(), hashVanishes(),
            hashBytes(), hashCounts(), hashCountRefusals(), hashAddsNumbers(), hashKinds(),
            hashIsCollection(), hashScans(), hashScanLimit(), hashLimits(), hashCountsAtOnce(),
            hashIsWhole(), hashRandom(),
        ]
    }

    private static func hashSets<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.sets-fields",
            "hashSet sets fields, leaves others, and returns how many of the fields are new."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.hashSet("h", ["a": "1", "b": "2"]), answers: 2)
            try await scene.expect(c.hashSet("h", ["b": "3", "c": "4"]), answers: 1)
            try await scene.expect(c.hashSet("h", ["a": "1"]), answers: 0)
            try await scene.expect(
                c.hashGetAll("h"), answers: ["a": "1", "b": "3", "c": "4"])
            try await scene.expect(c.hashCount("h"), answers: 3)
            try await scene.expect(c.hashGet("h", field: "b"), answers: "3")
            try await scene.expect(c.hashExists("h", field: "a"), answers: true)
            try await scene.expect(c.hashSet("h", [:]), answers: 0)
            try await scene.expect(c.hashCount("h"), answers: 3)
            try await scene.expect(c.hashSet("other", ["a": "5"]), answers: 1)
            try await scene.expect(c.hashGet("h", field: "a"), answers: "1")
        }
    }

    private static func hashOfAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.absent-has-no-fields",
            "A hash that does not exist has no fields, and a field that does not is nil; looking "
                + "makes neither."
        ) { scene in
            let c = scene.commands
            try await scene.store.hashSet("h", ["a": ""])
            for key: ByteString in ["h", "none"] {
                try await scene.expect(c.hashGet(key, field: "x"), answers: nil)
                try await scene.expect(c.hashExists(key, field: "x"), answers: false)
                try await scene.expect(c.hashDelete(key, fields: ["x"]), answers: 0)
            }
            try await scene.expect(c.hashGet("h", field: "a"), answers: "")
            try await scene.expect(c.hashExists("h", field: "a"), answers: true)
            try await scene.expect(c.hashGetAll("none"), answers: [:])
            try await scene.expect(c.hashCount("none"), answers: 0)
            try await scene.expect(c.hashGet("none", fields: ["a", "b"]), answers: [nil, nil])
            try await scene.expectKeys(["h"], "after looking at a hash that does not exist")
            try await scene.expect(c.hashGetAll("h"), answers: ["a": ""])
        }
    }

    private static func hashGetsMany<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.get-many-by-position",
            "hashGet of several fields returns each value at the position of its field, also of "
                + "one given twice, nil where there is none."
        ) { scene in
            let c = scene.commands
            try await scene.store.hashSet("h", ["a": "1", "b": "2", "c": "3"])
            try await scene.expect(
                c.hashGet("h", fields: ["c", "x", "a", "c", "x"]),
                answers: ["3", nil, "1", "3", nil])
            try await scene.expect(c.hashGet("h", fields: []), answers: [])
        }
    }

    private static func hashDeletes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.deletes-fields",
            "hashDelete deletes fields and returns how many of them there were; a field given "
                + "twice counts once."
        ) { scene in
            let c = scene.commands
            try await scene.store.hashSet("h", ["a": "1", "b": "2", "c": "3", "d": "4"])
            try await scene.expect(c.hashDelete("h", fields: ["a", "x", "a", "b"]), answers: 2)
            try await scene.expect(c.hashGetAll("h"), answers: ["c": "3", "d": "4"])
            try await scene.expect(c.hashDelete("h", fields: ["a"]), answers: 0)
            try await scene.expect(c.hashDelete("h", fields: []), answers: 0)
            try await scene.expect(c.hashCount("h"), answers: 2)
        }
    }

    private static func hashVanishes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.empty-does-not-exist", "A hash whose last field is deleted does not exist."
        ) { scene in
            try await scene.store.hashSet("h", ["a": "1", "b": "2"])
            try await scene.expect(scene.commands.hashDelete("h", fields: ["a"]), answers: 1)
            try await scene.expect(scene.commands.exists("h"), answers: true)
            try await scene.expect(scene.commands.hashDelete("h", fields: ["b"]), answers: 1)
            try await scene.expect("h", holds: nil, "after its last field was deleted")
            try await scene.expectKeys([], "after the last field was deleted")
            try await scene.expect(scene.commands.delete("h"), answers: false)
        }
    }

    private static func hashBytes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.any-bytes",
            "Any bytes are a field's name and value, and different bytes are different fields."
        ) { scene in
            let samples = AwkwardBytes.samples
            let fields = Dictionary(
                uniqueKeysWithValues: zip(samples, samples.dropFirst() + samples.prefix(1)))
            try await scene.expect(
                scene.commands.hashSet("h", fields), answers: samples.count)
            try await scene.expect(scene.commands.hashGetAll("h"), answers: fields)
            for (name, value) in fields {
                try await scene.expect(scene.commands.hashGet("h", field: name), answers: value)
            }
        }
    }

    private static func hashKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.refuses-other-kinds",
            "Every operation on a hash throws wrongType when the key holds a plain value, which "
                + "stays."
        ) { scene in
            try await scene.expectWrongType(KeyValueTables.hashes(scene.commands, "k"), "k")
        }
    }

    private static func hashIsCollection<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.is-a-key",
            "A hash is a key: get throws wrongType, get of several counts it as absent, exists and "
                + "scans see it, set and delete work on it."
        ) { scene in
            try await scene.expectCollection { try await scene.store.hashSet($0, ["a": "1"]) }
        }
    }

    private static func hashScans<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.scan-visits-every-field",
            "A scan visits every field of a hash with its value at least once, in pages that lead "
                + "to the end, also when others are deleted meanwhile."
        ) { scene in
            // Values of a length at which servers no longer keep a small hash in one piece.
            let fields = (0..<300).map { HashField(name: "f\($0)", value: bytes(70) + "\($0)") }
            for start in stride(from: 0, to: 300, by: 100) {
                let part = fields[start..<(start + 100)].map { ($0.name, $0.value) }
                try await scene.store.hashSet("h", Dictionary(uniqueKeysWithValues: part))
            }
            for size in [20, 100, 5000] {
                let seen = try await scene.elements(of: scene.store.hashFields("h", pageSize: size))
                try scene.context.expect(
                    Set(seen) == Set(fields), "every field in pages of \(size)",
                    seen: "\(Set(seen).count) fields of \(fields.count)")
            }
            let none = try await scene.elements(of: scene.store.hashFields("none", pageSize: 10))
            try scene.context.expectEqual(none, [], "the fields of a hash that does not exist")
            var visited: Set<ByteString> = []
            for try await field in scene.store.hashFields("h", pageSize: 20) {
                visited.insert(field.name)
                let number = Int(field.name.string?.dropFirst() ?? "") ?? 0
                guard !number.isMultiple(of: 10) else { continue }
                try await scene.store.hashDelete("h", fields: [field.name])
            }
            let staying = Set(stride(from: 0, to: 300, by: 10).map { ByteString("f\($0)") })
            try scene.context.expectEqual(
                staying.subtracting(visited).sorted(), [], "the fields that the scan missed")
        }
    }

    private static func hashScanLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.scan-refuses-a-limit-below-one",
            "A page of fields with a limit below 1 throws invalidArgument."
        ) { scene in
            try await scene.store.hashSet("h", ["a": "1"])
            for limit in [0, -1] {
                try await scene.expect(
                    scene.commands.hashFields("h", after: nil, limit: limit),
                    throws: .invalidArgument)
            }
        }
    }

    private static func hashLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.limits",
            "Names of fields are as long as keys, values as values, and calls carry as many as "
                + "limits say; more throws limitExceeded, and nothing changes."
        ) { scene in
            let (c, limits) = (scene.commands, scene.store.limits)
            let name = bytes(try probe(limits.maximumKeyBytes, "keys"))
            let value = bytes(try probe(limits.maximumValueBytes, "values"))
            let many = try probe(limits.maximumElementsPerCall, "elements", upTo: 600_000)
            let full = Dictionary(
                uniqueKeysWithValues: (0..<many).map { (ByteString("\($0)"), ByteString()) })
            try await scene.expect(c.hashSet("h", [name: value]), answers: 1)
            try await scene.expect(c.hashSet("full", full), answers: many)
            let long = name + "x"
            try await scene.expect(c.hashSet("h", ["a": "1", long: ""]), throws: .limitExceeded)
            try await scene.expect(c.hashSet("h", ["a": value + "x"]), throws: .limitExceeded)
            try await scene.expect(c.hashGet("h", field: long), throws: .limitExceeded)
            try await scene.expect(c.hashGet("h", fields: [long]), throws: .limitExceeded)
            try await scene.expect(c.hashExists("h", field: long), throws: .limitExceeded)
            try await scene.expect(c.hashIncrement("h", field: long), throws: .limitExceeded)
            try await scene.expect(c.hashDelete("h", fields: [name, long]), throws: .limitExceeded)
            try await scene.expect(
                c.hashSet("h", full.merging(["x": ""]) { $1 }), throws: .limitExceeded)
            try await scene.expect(c.hashCount("h"), answers: 1)
        }
    }

    private static func hashIsWhole<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        overlappingLaw(
            "hash.whole-writes",
            "hashSet sets its fields in one atomic step: a reader sees all of a write or none."
        ) { scene in
            try await scene.store.hashSet("h", ["a": "0", "b": "0"])
            _ = try await scene.atOnce { task in
                for round in 0..<20 {
                    if task.isMultiple(of: 2) {
                        let value: ByteString = "\(task) \(round)"
                        try await scene.store.hashSet("h", ["a": value, "b": value])
                    }
                    let seen = try await scene.store.hashGet("h", fields: ["a", "b"])
                    try scene.context.expectEqual(seen[0], seen[1], "fields that are set together")
                    let all = try await scene.store.hashGetAll("h")
                    try scene.context.expectEqual(all["a"], all["b"], "fields set together, in all")
                    await Task.yield()
                }
            }
        }
    }

    private static func hashRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: HashStore {
        law(
            "hash.random-sequences",
            "Every sequence of calls on hashes gets the answers that the contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Int.random(in: 0..<6, using: &generator) == 0
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.hash(scene.store, number, &generator)
            }
        }
    }
}
