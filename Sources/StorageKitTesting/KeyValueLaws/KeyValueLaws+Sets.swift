public import StorageKit

extension KeyValueLaws {
    /// The cases of `SetStore`.
    public static func setCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: SetStore {
        [
            setAdds(), setOfAbsent(), setRemoves(), setVanishes(), setBytes(), setCombines(),
            setCombinesAbsent(), setCombineOfNone(), setKinds(), setIsCollection(), setScans(),
            setScanLimit(), setLimits(), setOneAdds(), setRandom(),
        ]
    }

    private static func setAdds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.adds", "setAdd adds members, each once, and returns how many of them are new."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.setAdd("s", ["a", "b"]), answers: 2)
            try await scene.expect(c.setAdd("s", ["b", "c", "c"]), answers: 1)
            try await scene.expect(c.setAdd("s", ["a"]), answers: 0)
            try await scene.expect(c.setAdd("s", []), answers: 0)
            try await scene.expect(c.setMembers(of: "s"), answers: ["a", "b", "c"])
            try await scene.expect(c.setCount("s"), answers: 3)
            try await scene.expect(c.setContains("s", "c"), answers: true)
            try await scene.expect(c.setContains("s", "C"), answers: false)
            try await scene.expect(c.setAdd("other", ["a"]), answers: 1)
        }
    }

    private static func setOfAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law("set.absent-has-no-members", "A set that does not exist has no members.") { scene in
            let c = scene.commands
            try await scene.expect(c.setMembers(of: "s"), answers: [])
            try await scene.expect(c.setCount("s"), answers: 0)
            try await scene.expect(c.setContains("s", "a"), answers: false)
            try await scene.expect(c.setRemove("s", ["a"]), answers: 0)
            try await scene.expectKeys([], "after looking at a set that does not exist")
        }
    }

    private static func setRemoves<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.removes",
            "setRemove removes members and returns how many of them there were; one given twice "
                + "counts once."
        ) { scene in
            let c = scene.commands
            try await scene.store.setAdd("s", ["a", "b", "c", "d"])
            try await scene.expect(c.setRemove("s", ["a", "x", "a", "b"]), answers: 2)
            try await scene.expect(c.setMembers(of: "s"), answers: ["c", "d"])
            try await scene.expect(c.setRemove("s", []), answers: 0)
            try await scene.expect(c.setContains("s", "a"), answers: false)
        }
    }

    private static func setVanishes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law("set.empty-does-not-exist", "A set that loses its last member does not exist.") {
            scene in
            try await scene.store.setAdd("s", ["a", "b"])
            try await scene.expect(scene.commands.setRemove("s", ["a", "b"]), answers: 2)
            try await scene.expect("s", holds: nil, "after its last member was removed")
            try await scene.expectKeys([], "after the last member was removed")
        }
    }

    private static func setBytes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law("set.any-bytes", "Any bytes are a member, and different bytes different members.") {
            scene in
            let samples = AwkwardBytes.samples
            try await scene.expect(scene.commands.setAdd("s", samples), answers: samples.count)
            try await scene.expect(scene.commands.setMembers(of: "s"), answers: Set(samples))
            for member in samples {
                try await scene.expect(scene.commands.setContains("s", member), answers: true)
            }
        }
    }

    private static func setCombines<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.combines",
            "setCombine gives what is in any set, in all, or in the first and none of the others, "
                + "and changes none."
        ) { scene in
            let c = scene.commands
            try await scene.store.setAdd("a", ["1", "2", "3", "4"])
            try await scene.store.setAdd("b", ["3", "4", "5"])
            try await scene.store.setAdd("c", ["4", "6", "1"])
            let all: [ByteString] = ["a", "b", "c"]
            try await scene.expect(
                c.setCombine(.union, all), answers: ["1", "2", "3", "4", "5", "6"])
            try await scene.expect(c.setCombine(.intersection, all), answers: ["4"])
            try await scene.expect(c.setCombine(.difference, all), answers: ["2"])
            try await scene.expect(c.setCombine(.difference, ["b", "a"]), answers: ["5"])
            try await scene.expect(c.setCombine(.difference, ["a", "a"]), answers: [])
            for how: SetCombination in [.union, .intersection, .difference] {
                try await scene.expect(c.setCombine(how, ["b"]), answers: ["3", "4", "5"])
            }
            try await scene.expect(c.setMembers(of: "a"), answers: ["1", "2", "3", "4"])
            try await scene.expectKeys(["a", "b", "c"], "after combinations")
        }
    }

    private static func setCombinesAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law("set.combines-absent", "A set that does not exist is combined as one without members.")
        { scene in
            let c = scene.commands
            try await scene.store.setAdd("a", ["1", "2"])
            try await scene.expect(c.setCombine(.union, ["x", "a", "y"]), answers: ["1", "2"])
            try await scene.expect(c.setCombine(.intersection, ["a", "x"]), answers: [])
            try await scene.expect(c.setCombine(.intersection, ["x", "a"]), answers: [])
            try await scene.expect(c.setCombine(.difference, ["a", "x"]), answers: ["1", "2"])
            try await scene.expect(c.setCombine(.difference, ["x", "a"]), answers: [])
            try await scene.expectKeys(["a"], "after combinations")
        }
    }

    private static func setCombineOfNone<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law("set.combine-refuses-none", "setCombine of no keys throws invalidArgument.") { scene in
            for how: SetCombination in [.union, .intersection, .difference] {
                try await scene.expect(
                    scene.commands.setCombine(how, []), throws: .invalidArgument)
            }
        }
    }

    private static func setKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.refuses-other-kinds",
            "Every operation on a set throws wrongType when the key holds a plain value, which "
                + "stays; so does a combination with one."
        ) { scene in
            try await scene.expectWrongType(KeyValueTables.sets(scene.commands, "k"), "k")
            try await scene.store.setAdd("s", ["a"])
            for how: SetCombination in [.union, .intersection, .difference] {
                try await scene.expect(
                    scene.commands.setCombine(how, ["s", "k"]), throws: .wrongType)
            }
        }
    }

    private static func setIsCollection<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.is-a-key",
            "A set is a key: get throws wrongType, get of several counts it as absent, exists and "
                + "scans see it, set and delete work on it."
        ) { scene in
            try await scene.expectCollection { try await scene.store.setAdd($0, ["a"]) }
        }
    }

    private static func setScans<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.scan-visits-every-member",
            "A scan visits every member of a set at least once, in pages that lead to the end, "
                + "also when others are removed meanwhile."
        ) { scene in
            let members = (0..<300).map { ByteString("m\($0)") }
            for start in stride(from: 0, to: 300, by: 100) {
                try await scene.store.setAdd("s", Array(members[start..<(start + 100)]))
            }
            for size in [20, 100, 5000] {
                let seen = try await scene.elements(
                    of: scene.store.setMembers(of: "s", pageSize: size))
                try scene.context.expect(
                    Set(seen) == Set(members), "every member in pages of \(size)",
                    seen: "\(Set(seen).count) members of \(members.count)")
            }
            let none = try await scene.elements(
                of: scene.store.setMembers(of: "none", pageSize: 10))
            try scene.context.expectEqual(none, [], "the members of a set that does not exist")
            let staying = Set(stride(from: 0, to: 300, by: 10).map { members[$0] })
            var visited: Set<ByteString> = []
            for try await member in scene.store.setMembers(of: "s", pageSize: 20) {
                visited.insert(member)
                if !staying.contains(member) { try await scene.store.setRemove("s", [member]) }
            }
            try scene.context.expectEqual(
                staying.subtracting(visited).sorted(), [], "the members that the scan missed")
        }
    }

    private static func setScanLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.scan-refuses-a-limit-below-one",
            "A page of members with a limit below 1 throws invalidArgument."
        ) { scene in
            try await scene.store.setAdd("s", ["a"])
            for limit in [0, -1] {
                try await scene.expect(
                    scene.commands.setMembers(of: "s", after: nil, limit: limit),
                    throws: .invalidArgument)
            }
        }
    }

    private static func setLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.limits",
            "Members are as long as keys, and calls carry as many as limits say; more throws "
                + "limitExceeded, and nothing changes."
        ) { scene in
            let (c, limits) = (scene.commands, scene.store.limits)
            let member = bytes(try probe(limits.maximumKeyBytes, "keys"))
            let many = try probe(limits.maximumElementsPerCall, "elements", upTo: 600_000)
            let full = (0..<many).map { ByteString("\($0)") }
            try await scene.expect(c.setAdd("s", [member]), answers: 1)
            try await scene.expect(c.setAdd("full", full), answers: many)
            let long = member + "x"
            try await scene.expect(c.setAdd("s", ["a", long]), throws: .limitExceeded)
            try await scene.expect(c.setRemove("s", [member, long]), throws: .limitExceeded)
            try await scene.expect(c.setContains("s", long), throws: .limitExceeded)
            try await scene.expect(c.setAdd("s", full + ["x"]), throws: .limitExceeded)
            try await scene.expect(c.setRemove("full", full + ["x"]), throws: .limitExceeded)
            try await scene.expect(c.setMembers(of: "s"), answers: [member])
            try await scene.expect(c.setCount("full"), answers: many)
        }
    }

    private static func setOneAdds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        overlappingLaw(
            "set.one-adds",
            "Of several that add one member at once, one is told that it is new; of several that "
                + "remove it, one that it was there."
        ) { scene in
            for round in 0..<20 {
                let added = try await scene.atOnce { _ in
                    try await scene.store.setAdd("s", ["m\(round)"])
                }
                try scene.context.expectEqual(added.reduce(0, +), 1, "how many added the member")
                let removed = try await scene.atOnce { _ in
                    try await scene.store.setRemove("s", ["m\(round)"])
                }
                try scene.context.expectEqual(removed.reduce(0, +), 1, "how many removed it")
            }
        }
    }

    private static func setRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SetStore {
        law(
            "set.random-sequences",
            "Every sequence of calls on sets gets the answers that the contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Int.random(in: 0..<6, using: &generator) == 0
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.set(scene.store, number, &generator)
            }
        }
    }
}
