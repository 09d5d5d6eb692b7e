public import StorageKit

extension KeyValueLaws {
    /// The cases of stores with every kind of value whose keys expire.
    public static func kindExpiryCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: ExpiringKeyValueStore & ConditionalWriteStore & AtomicCounterStore
            & HashStore & SortedSetStore & ListStore & SetStore
    {
        [
            everyKindExpires(), changesKeepExpiry(), emptiedForgetsExpiry(), movesKeepExpiry(),
            expiredKindsAreAbsent(), expiryRefusesKinds(), allExpiryRandom(),
        ]
    }

    private static func everyKindExpires<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.every-kind-expires",
            "expire, persist and timeToLive work on keys of every kind, and leave what they hold."
        ) { scene in
            for kind in KeyValueKind.allCases {
                let c = scene.commands
                let keys = ["soon", "later", "kept"].map { ByteString("\($0) \(kind)") }
                for key in keys { try await scene.fill(key, kind) }
                try await scene.expect(keys[0], expires: .unlimited, "a new \(kind)")
                try await scene.expect(c.expire(keys[0], after: short), answers: true)
                try await scene.expect(c.expire(keys[1], after: minutes), answers: true)
                try await scene.expect(keys[1], expires: .remaining(minutes), "after expire")
                try await scene.expect(c.expire(keys[2], after: minutes), answers: true)
                try await scene.expect(c.persist(keys[2]), answers: true)
                try await scene.expect(keys[2], expires: .unlimited, "after persist")
                try await scene.letPass(longer)
                try await scene.expect(keys[0], holds: nil, "after its time")
                try await scene.expectFilled(keys[1], kind, "before its time")
                try await scene.expectFilled(keys[2], kind, "after persist")
            }
        }
    }

    private static func changesKeepExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.changes-keep-it",
            "Changing what a key holds, a counter or a collection, keeps its expiry."
        ) { scene in
            let store = scene.store
            let changes: [(KeyValueKind, @Sendable (ByteString) async throws -> Void)] = [
                (.value, { try await store.increment($0) }),
                (.value, { try await store.incrementFloat($0, by: 0.5) }),
                (.hash, { try await store.hashSet($0, ["g": "2"]) }),
                (.hash, { try await store.hashIncrement($0, field: "f") }),
                (.hash, { try await store.hashIncrementFloat($0, field: "n", by: 0.5) }),
                (.sortedSet, { try await store.sortedSetAdd($0, ["n": 2]) }),
                (.sortedSet, { try await store.sortedSetIncrement($0, member: "m") }),
                (.list, { try await store.listPush($0, ["2"]) }),
                (.list, { try await store.listMove(from: $0, to: $0) }),
                (.set, { try await store.setAdd($0, ["n"]) }),
            ]
            for (number, (kind, change)) in changes.enumerated() {
                let key: ByteString = "k\(number)"
                try await scene.fill(key, kind)
                try await scene.store.expire(key, after: minutes)
                try await change(key)
                try await scene.expect(key, expires: .remaining(minutes), "after a change")
            }
        }
    }

    private static func emptiedForgetsExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.emptied-forgets-it",
            "A collection that becomes empty does not exist, and leaves no expiry for the next."
        ) { scene in
            let store = scene.store
            let ends: [(KeyValueKind, @Sendable (ByteString) async throws -> Void)] = [
                (.hash, { try await store.hashDelete($0, fields: ["f"]) }),
                (.sortedSet, { try await store.sortedSetPop($0) }),
                (.list, { try await store.listPop($0) }),
                (.set, { try await store.setRemove($0, ["m"]) }),
                (.value, { try await store.delete($0) }),
            ]
            for (kind, end) in ends {
                let key = ByteString("\(kind)")
                try await scene.fill(key, kind)
                try await scene.store.expire(key, after: minutes)
                try await end(key)
                try await scene.expect(key, expires: .absent, "after it was emptied")
                try await scene.fill(key, kind == .value ? .hash : kind)
                try await scene.expect(key, expires: .unlimited, "after it was filled again")
            }
        }
    }

    private static func movesKeepExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.moves-keep-it",
            "listMove keeps the expiry of either list; a list it makes has none."
        ) { scene in
            try await scene.store.listPush("l", ["1", "2", "3"])
            try await scene.store.expire("l", after: minutes)
            try await scene.store.listPush("m", ["1"])
            try await scene.store.listMove(from: "l", to: "m")
            try await scene.store.listMove(from: "l", to: "new")
            try await scene.expect("l", expires: .remaining(minutes), "after moves from it")
            try await scene.expect("m", expires: .unlimited, "after a move to it")
            try await scene.expect("new", expires: .unlimited, "made by a move")
            try await scene.store.listMove(from: "m", to: "l")
            try await scene.expect("l", expires: .remaining(minutes), "after a move to it")
        }
    }

    private static func expiredKindsAreAbsent<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.expired-is-absent",
            "A key whose time has come does not exist for any operation of any kind."
        ) { scene in
            // Each call has its own expired key: the first to look at one may be what removes it.
            var trials: [(KeyValueCall<KeyValueScene<H>.Store>, KeyValueReply)] = []
            for held in KeyValueKind.allCases {
                for kind in KeyValueKind.allCases {
                    for number in scene.calls(kind, "").indices {
                        let fresh: ByteString = "f \(held) \(kind) \(number)"
                        let expired: ByteString = "e \(held) \(kind) \(number)"
                        let answer = try await scene.calls(kind, fresh)[number].reply(
                            of: scene.store)
                        try await scene.fill(expired, held)
                        try await scene.store.expire(expired, after: short)
                        trials.append((scene.calls(kind, expired)[number], answer))
                    }
                }
            }
            try await scene.letPass(longer)
            for (call, expected) in trials {
                let seen = try await call.reply(of: scene.store)
                try scene.context.expectEqual(seen, expected, "\(call) of an expired key")
            }
        }
    }

    private static func expiryRefusesKinds<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.get-and-exchange-refuse-others",
            "get with an expiry and conditional writes with one throw wrongType for another kind, "
                + "and leave its expiry."
        ) { scene in
            let c = scene.commands
            for kind in KeyValueKind.allCases where kind != .value {
                try await scene.fill("k", kind)
                try await scene.store.expire("k", after: minutes)
                for expires: KeyExpiration in [.never, .unchanged, .after(short)] {
                    try await scene.expect(c.get("k", expires: expires), throws: .wrongType)
                    try await scene.expect(
                        c.exchange("k", with: "1", expires: expires), throws: .wrongType)
                    try await scene.expect(
                        c.compareAndSet("k", from: "1", to: "2", expires: expires),
                        throws: .wrongType)
                }
                try await scene.expectFilled("k", kind, "after refused calls")
                try await scene.expect("k", expires: .remaining(minutes), "after refused calls")
                try await scene.expect(
                    c.setIfPresent("k", to: "1", expires: .unchanged), answers: true)
                try await scene.expect("k", expires: .remaining(minutes), "after setIfPresent")
                try await scene.store.delete("k")
            }
        }
    }

    private static func allExpiryRandom<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore {
        law(
            "kinds-expiry.random-sequences",
            "Every sequence of calls of all kinds, on keys that expire, gets the answers that the "
                + "contract's model gives."
        ) { scene in
            let store = scene.store
            try await KeyValueComparison(scene).run(sequences: 24, length: 120) {
                number, generator in
                switch Int.random(in: 0..<9, using: &generator) {
                case 0: KeyValueDraws.value(store, number, &generator)
                case 1...2: KeyValueDraws.expiry(store, number, &generator)
                case 3: KeyValueDraws.conditionAndExpiry(store, number, &generator)
                case 4: KeyValueDraws.counter(store, number, &generator)
                case 5: KeyValueDraws.hash(store, number, &generator)
                case 6: KeyValueDraws.sortedSet(store, number, &generator)
                case 7: KeyValueDraws.list(store, number, &generator)
                default: KeyValueDraws.set(store, number, &generator)
                }
            }
        }
    }
}
