public import StorageKit

extension KeyValueLaws {
    /// The cases of stores with every kind of value: what one kind's operations do to another's.
    public static func kindCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: ConditionalWriteStore & AtomicCounterStore & HashStore & SortedSetStore
            & ListStore & SetStore
    {
        [
            otherKinds(), everyKindIsAKey(), everyKindForConditions(), kindsOfSeveralKeys(),
            emptiedKeysAreFree(), allRandom(),
        ]
    }

    private static func otherKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.every-operation-on-every-other",
            "An operation on a key that holds another kind throws wrongType and changes nothing."
        ) { scene in
            for held in KeyValueKind.allCases {
                try await scene.fill("k", held)
                for kind in KeyValueKind.allCases where kind != held {
                    for call in scene.calls(kind, "k") {
                        try await scene.context.expectThrows(
                            .wrongType, "\(call) of a key with a \(held)"
                        ) {
                            try await call.reply(of: scene.store)
                        }
                        try await scene.expectFilled("k", held, "after \(call)")
                    }
                }
                try await scene.store.delete("k")
            }
        }
    }

    private static func everyKindIsAKey<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.every-kind-is-a-key",
            "exists, scans, get of several, set and delete work on keys of every kind."
        ) { scene in
            let kinds = KeyValueKind.allCases
            let keys = kinds.map { ByteString("\($0)") }
            for (key, kind) in zip(keys, kinds) { try await scene.fill(key, kind) }
            try await scene.expectKeys(Set(keys), "of every kind")
            let plain = kinds.map { $0 == .value ? ByteString("1") : nil }
            try await scene.expect(scene.commands.get(keys), answers: plain)
            for (key, kind) in zip(keys, kinds) {
                try await scene.expect(scene.commands.exists(key), answers: true)
                try await scene.store.set(key, to: "new")
                try await scene.expect(key, holds: "new", "after set over a \(kind)")
                try await scene.expect(scene.commands.delete(key), answers: true)
                try await scene.fill(key, kind)
            }
            try await scene.expect(scene.commands.delete(keys + ["x"]), answers: keys.count)
            try await scene.expectKeys([], "after all were deleted")
        }
    }

    private static func everyKindForConditions<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.conditions-look-at-every-kind",
            "setIfAbsent and setIfPresent look at keys of every kind."
        ) { scene in
            for kind in KeyValueKind.allCases {
                try await scene.fill("k", kind)
                try await scene.expect(
                    scene.commands.setIfAbsent("k", to: "new"), answers: false)
                try await scene.expectFilled("k", kind, "after setIfAbsent")
                try await scene.expect(
                    scene.commands.setIfPresent("k", to: "new"), answers: true)
                try await scene.expect("k", holds: "new", "after setIfPresent over a \(kind)")
                try await scene.store.delete("k")
            }
        }
    }

    private static func kindsOfSeveralKeys<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.of-several-keys",
            "An operation on several keys throws wrongType when one of them holds another kind."
        ) { scene in
            let c = scene.commands
            try await scene.store.listPush("list", ["1"])
            try await scene.store.setAdd("set", ["m"])
            for kind in KeyValueKind.allCases where kind != .list {
                try await scene.fill("k", kind)
                try await scene.expect(c.listMove(from: "list", to: "k"), throws: .wrongType)
                try await scene.expect(c.listMove(from: "k", to: "list"), throws: .wrongType)
                try await scene.expectFilled("k", kind, "after a refused move")
                try await scene.expectFilled("list", .list, "after a refused move")
                try await scene.store.delete("k")
            }
            for kind in KeyValueKind.allCases where kind != .set {
                try await scene.fill("k", kind)
                for how: SetCombination in [.union, .intersection, .difference] {
                    try await scene.expect(c.setCombine(how, ["set", "k"]), throws: .wrongType)
                    try await scene.expect(c.setCombine(how, ["k", "set"]), throws: .wrongType)
                }
                try await scene.store.delete("k")
            }
        }
    }

    private static func emptiedKeysAreFree<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.emptied-keys-are-free",
            "A collection that becomes empty is a key that does not exist: any kind can be written "
                + "there."
        ) { scene in
            for kind in KeyValueKind.allCases where kind != .value {
                for next in KeyValueKind.allCases where next != kind {
                    try await scene.fill("k", kind)
                    switch kind {
                    case .hash: try await scene.store.hashDelete("k", fields: ["f"])
                    case .sortedSet: try await scene.store.sortedSetRemove("k", members: ["m"])
                    case .list: try await scene.store.listPop("k")
                    case .set: try await scene.store.setRemove("k", ["m"])
                    case .value: break
                    }
                    try await scene.expectKeys([], "after a \(kind) was emptied")
                    try await scene.fill("k", next)
                    try await scene.expectFilled("k", next, "after a \(kind) was emptied")
                    try await scene.store.delete("k")
                }
            }
        }
    }

    private static func allRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AllKindsStore {
        law(
            "kinds.random-sequences",
            "Every sequence of calls of all kinds gets the answers that the contract's model gives."
        ) { scene in
            let store = scene.store
            try await KeyValueComparison(scene).run(sequences: 24, length: 120) {
                number, generator in
                switch Int.random(in: 0..<8, using: &generator) {
                case 0...1: KeyValueDraws.value(store, number, &generator)
                case 2: KeyValueDraws.condition(store, number, &generator)
                case 3: KeyValueDraws.counter(store, number, &generator)
                case 4: KeyValueDraws.hash(store, number, &generator)
                case 5: KeyValueDraws.sortedSet(store, number, &generator)
                case 6: KeyValueDraws.list(store, number, &generator)
                default: KeyValueDraws.set(store, number, &generator)
                }
            }
        }
    }
}
