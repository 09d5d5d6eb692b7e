public import StorageKit

extension KeyValueLaws {
    /// The cases of `ListStore`.
    public static func listCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ListStore {
        [
            listPushes(), listPushOfNone(), listOfAbsent(), listPops(), listPopsMany(),
            listVanishes(), listRanges(), listTrims(), listRemoves(), listMoves(),
            listMovesWithin(), listMoveKinds(), listBytes(), listKinds(), listIsCollection(),
            listRefuses(), listLimits(), listAtOnce(), listMovesAtOnce(), listRandom(),
        ]
    }

    private static func listPushes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.pushes",
            "listPush adds values at an end one after the other, so that the last of them is "
                + "outermost, and returns the new length."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.listPush("l", ["a", "b"]), answers: 2)
            try await scene.expect(c.listPush("l", ["c"], at: .last), answers: 3)
            try await scene.expect(c.listPush("l", ["d", "e"], at: .first), answers: 5)
            try await scene.expect(c.listRange("l", 0..<9), answers: ["e", "d", "a", "b", "c"])
            try await scene.expect(c.listPush("l", ["a", "a"]), answers: 7)
            try await scene.expect(c.listCount("l"), answers: 7)
            try await scene.expect(c.listPush("other", ["x"]), answers: 1)
            try await scene.expect(c.listCount("l"), answers: 7)
        }
    }

    private static func listPushOfNone<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law("list.push-refuses-none", "listPush of no values throws invalidArgument.") { scene in
            try await scene.expect(scene.commands.listPush("l", []), throws: .invalidArgument)
            try await scene.expectKeys([], "after a refused push")
        }
    }

    private static func listOfAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law("list.absent-has-no-values", "A list that does not exist has no values.") { scene in
            let c = scene.commands
            try await scene.expect(c.listPop("l"), answers: nil)
            try await scene.expect(c.listPop("l", from: .last), answers: nil)
            try await scene.expect(c.listPop("l", limit: 3), answers: [])
            try await scene.expect(c.listRange("l", 0..<9), answers: [])
            try await scene.expect(c.listRemove("l", "a"), answers: 0)
            try await scene.expect(c.listCount("l"), answers: 0)
            try await scene.expect(c.listMove(from: "l", to: "m"), answers: nil)
            try await scene.store.listTrim("l", to: 0..<9)
            try await scene.expectKeys([], "after looking at a list that does not exist")
        }
    }

    private static func listPops<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.pops", "listPop removes and returns the value at an end, or nil: queue and stack."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("l", ["a", "b", "c", "d", ""])
            try await scene.expect(c.listPop("l"), answers: "a")
            try await scene.expect(c.listPop("l", from: .last), answers: "")
            try await scene.expect(c.listPop("l", from: .first), answers: "b")
            try await scene.expect(c.listPop("l", from: .last), answers: "d")
            try await scene.expect(c.listPop("l"), answers: "c")
            try await scene.expect(c.listPop("l"), answers: nil)
        }
    }

    private static func listPopsMany<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.pops-many",
            "listPop with a limit removes and returns values from an end, outermost first, at most "
                + "as many."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("l", (0..<8).map { "v\($0)" })
            try await scene.expect(c.listPop("l", limit: 2), answers: ["v0", "v1"])
            try await scene.expect(c.listPop("l", from: .last, limit: 2), answers: ["v7", "v6"])
            try await scene.expect(c.listPop("l", limit: 1), answers: ["v2"])
            try await scene.expect(
                c.listPop("l", from: .last, limit: 1000), answers: ["v5", "v4", "v3"])
            try await scene.expect(c.listPop("l", limit: 2), answers: [])
        }
    }

    private static func listVanishes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.empty-does-not-exist",
            "A list that loses its last value does not exist, however it loses it."
        ) { scene in
            let c = scene.commands
            let ends: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(c.listPop("l")), KeyValueCall(c.listPop("l", from: .last)),
                KeyValueCall(c.listPop("l", limit: 5)), KeyValueCall(c.listTrim("l", to: 1..<5)),
                KeyValueCall(c.listTrim("l", to: 0..<0)), KeyValueCall(c.listRemove("l", "a")),
            ]
            for call in ends {
                try await scene.store.listPush("l", ["a"])
                _ = try await call.reply(of: scene.store)
                try await scene.expect("l", holds: nil, "after \(call)")
                try await scene.expectKeys([], "after \(call)")
            }
            try await scene.store.listPush("l", ["a"])
            try await scene.store.listMove(from: "l", to: "m")
            try await scene.expectKeys(["m"], "after the last value was moved")
        }
    }

    private static func listRanges<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.ranges",
            "listRange gives the values at these indexes, 0 being the first; indexes beyond the "
                + "last are left out."
        ) { scene in
            let values = (0..<6).map { ByteString("v\($0)") }
            try await scene.store.listPush("l", values)
            for indexes in [0..<6, 0..<1, 5..<6, 2..<4, 4..<9, 6..<9, 3..<3, 0..<0, 0..<(.max)] {
                try await scene.expect(
                    scene.commands.listRange("l", indexes), answers: values.elements(at: indexes))
            }
            try await scene.expect(scene.commands.listCount("l"), answers: 6)
        }
    }

    private static func listTrims<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.trims", "listTrim removes the values at all other indexes."
        ) { scene in
            let values = (0..<6).map { ByteString("v\($0)") }
            for indexes in [0..<6, 0..<1, 5..<6, 2..<4, 4..<9, 0..<(.max), 6..<9, 3..<3, 0..<0] {
                try await scene.store.delete("l")
                try await scene.store.listPush("l", values)
                try await scene.store.listTrim("l", to: indexes)
                try await scene.expect(
                    scene.commands.listRange("l", 0..<9), answers: values.elements(at: indexes))
            }
        }
    }

    private static func listRemoves<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.removes",
            "listRemove removes values equal to this one, from the first on, at most limit, nil "
                + "for all, and returns how many."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("l", ["a", "b", "a", "c", "a", "a"])
            try await scene.expect(c.listRemove("l", "a", limit: 2), answers: 2)
            try await scene.expect(c.listRange("l", 0..<9), answers: ["b", "c", "a", "a"])
            try await scene.expect(c.listRemove("l", "x"), answers: 0)
            try await scene.expect(c.listRemove("l", "a", limit: 9), answers: 2)
            try await scene.expect(c.listRange("l", 0..<9), answers: ["b", "c"])
            try await scene.store.listPush("l", ["b", "b"])
            try await scene.expect(c.listRemove("l", "b"), answers: 3)
            try await scene.expect(c.listRange("l", 0..<9), answers: ["c"])
        }
    }

    private static func listMoves<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.moves",
            "listMove moves a value from an end of a list to an end of another, and returns it; "
                + "from an empty one it moves nothing."
        ) { scene in
            for (from, value, rest): (ListEnd, ByteString, [ByteString]) in [
                (.first, "a", ["b", "c"]), (.last, "c", ["a", "b"]),
            ] {
                for to: ListEnd in [.first, .last] {
                    try await scene.store.delete(["l", "m"])
                    try await scene.store.listPush("l", ["a", "b", "c"])
                    try await scene.store.listPush("m", ["x"])
                    let c = scene.commands
                    try await scene.expect(c.listMove(from: "l", from, to: "m", to), answers: value)
                    try await scene.expect(c.listRange("l", 0..<9), answers: rest)
                    try await scene.expect(
                        c.listRange("m", 0..<9),
                        answers: to == .first ? [value, "x"] : ["x", value])
                }
            }
            try await scene.expect(scene.commands.listMove(from: "none", to: "m"), answers: nil)
            try await scene.expect(scene.commands.listMove(from: "m", to: "new"), answers: "x")
            try await scene.expect(scene.commands.listRange("new", 0..<9), answers: ["x"])
        }
    }

    private static func listMovesWithin<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.moves-within-one", "listMove within one list turns it round."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("l", ["a", "b", "c"])
            try await scene.expect(c.listMove(from: "l", to: "l"), answers: "a")
            try await scene.expect(c.listRange("l", 0..<9), answers: ["b", "c", "a"])
            try await scene.expect(c.listMove(from: "l", .last, to: "l", .first), answers: "a")
            try await scene.expect(c.listRange("l", 0..<9), answers: ["a", "b", "c"])
            try await scene.expect(c.listMove(from: "l", .last, to: "l", .last), answers: "c")
            try await scene.expect(c.listRange("l", 0..<9), answers: ["a", "b", "c"])
            try await scene.store.listPush("one", ["a"])
            try await scene.expect(c.listMove(from: "one", to: "one"), answers: "a")
            try await scene.expect(c.listRange("one", 0..<9), answers: ["a"])
        }
    }

    private static func listMoveKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.move-refuses-other-kinds",
            "listMove throws wrongType when either key holds another kind, and loses nothing."
        ) { scene in
            let c = scene.commands
            try await scene.store.set("v", to: "1")
            try await scene.store.listPush("l", ["a", "b"])
            try await scene.expect(c.listMove(from: "l", to: "v"), throws: .wrongType)
            try await scene.expect(c.listMove(from: "v", to: "l"), throws: .wrongType)
            try await scene.expect(c.listRange("l", 0..<9), answers: ["a", "b"])
            try await scene.expect("v", holds: "1", "after refused moves")
        }
    }

    private static func listBytes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law("list.any-bytes", "Any bytes are a value, and equal ones are those with equal bytes.") {
            scene in
            let samples = AwkwardBytes.samples
            try await scene.expect(scene.commands.listPush("l", samples), answers: samples.count)
            try await scene.expect(scene.commands.listRange("l", 0..<100), answers: samples)
            for value in samples {
                try await scene.expect(scene.commands.listRemove("l", value), answers: 1)
            }
            try await scene.expectKeys([], "after all values were removed")
        }
    }

    private static func listKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.refuses-other-kinds",
            "Every operation on a list throws wrongType when the key holds a plain value, which "
                + "stays."
        ) { scene in
            try await scene.expectWrongType(KeyValueTables.lists(scene.commands, "k"), "k")
        }
    }

    private static func listIsCollection<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.is-a-key",
            "A list is a key: get throws wrongType, get of several counts it as absent, exists and "
                + "scans see it, set and delete work on it."
        ) { scene in
            try await scene.expectCollection { try await scene.store.listPush($0, ["a"]) }
        }
    }

    private static func listRefuses<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.refuses-what-is-never-right",
            "An index below 0 and a limit below 1 throw invalidArgument, and nothing changes."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("l", ["a", "b"])
            try await scene.expect(c.listRange("l", -1..<1), throws: .invalidArgument)
            try await scene.expect(c.listTrim("l", to: -1..<1), throws: .invalidArgument)
            for limit in [0, -1] {
                try await scene.expect(c.listPop("l", limit: limit), throws: .invalidArgument)
                try await scene.expect(
                    c.listRemove("l", "a", limit: limit), throws: .invalidArgument)
            }
            try await scene.expect(c.listRange("l", 0..<9), answers: ["a", "b"])
        }
    }

    private static func listLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.limits",
            "Elements are as long as values, and calls carry as many as limits say; more throws "
                + "limitExceeded, and nothing changes."
        ) { scene in
            let (c, limits) = (scene.commands, scene.store.limits)
            let value = bytes(try probe(limits.maximumValueBytes, "values"))
            let many = try probe(limits.maximumElementsPerCall, "elements", upTo: 600_000)
            let full = (0..<many).map { ByteString("\($0)") }
            try await scene.expect(c.listPush("l", [value]), answers: 1)
            try await scene.expect(c.listPush("full", full), answers: many)
            let long = value + "x"
            try await scene.expect(c.listPush("l", ["a", long]), throws: .limitExceeded)
            try await scene.expect(c.listPush("full", full + ["x"]), throws: .limitExceeded)
            try await scene.expect(c.listRemove("l", long), throws: .limitExceeded)
            try await scene.expect(c.listCount("l"), answers: 1)
            try await scene.expect(c.listCount("full"), answers: many)
        }
    }

    private static func listAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        overlappingLaw(
            "list.loses-nothing",
            "Of values pushed and popped at once each is popped once, and those of one task in "
                + "the order in which it pushed them."
        ) { scene in
            let popped = try await scene.atOnce { task in
                var popped: [ByteString] = []
                for round in 0..<12 {
                    try await scene.store.listPush("l", ["\(task) \(round + 10)"])
                    if let value = try await scene.store.listPop("l") { popped.append(value) }
                }
                return popped
            }
            var all = popped.flatMap { $0 }
            try scene.context.expectEqual(
                popped.allSatisfy { values in isInOrder(values) }, true,
                "whether each task popped the values of each other in order")
            // As often as there can be something left: a pop must not go on for ever.
            for _ in 0..<96 {
                guard let value = try await scene.store.listPop("l") else { break }
                all.append(value)
            }
            let pushed = (0..<8).flatMap { task in (10..<22).map { ByteString("\(task) \($0)") } }
            try scene.context.expectEqual(all.sorted(), pushed.sorted(), "what was popped")
        }
    }

    /// Whether the values of each task come in the order of their numbers.
    private static func isInOrder(_ values: [ByteString]) -> Bool {
        Dictionary(grouping: values) { $0.bytes.first }.values.allSatisfy { $0 == $0.sorted() }
    }

    private static func listMovesAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        overlappingLaw(
            "list.moves-lose-nothing",
            "listMove is one atomic step: values that several tasks move to and fro are neither "
                + "lost nor doubled."
        ) { scene in
            let values = (0..<10).map { ByteString("v\($0)") }
            try await scene.store.listPush("l", values)
            _ = try await scene.atOnce { task in
                for round in 0..<15 {
                    let (source, target): (ByteString, ByteString) =
                        (task + round).isMultiple(of: 2) ? ("l", "m") : ("m", "l")
                    try await scene.store.listMove(from: source, to: target)
                }
            }
            let left = try await scene.store.listRange("l", 0..<99)
            let right = try await scene.store.listRange("m", 0..<99)
            try scene.context.expectEqual((left + right).sorted(), values, "what is in both lists")
        }
    }

    private static func listRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ListStore {
        law(
            "list.random-sequences",
            "Every sequence of calls on lists gets the answers that the contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Int.random(in: 0..<8, using: &generator) == 0
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.list(scene.store, number, &generator)
            }
        }
    }
}
