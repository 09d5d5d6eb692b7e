public import StorageKit

extension KeyValueLaws {
    /// The cases of stores that are both, `ConditionalWriteStore` and `ExpiringKeyValueStore`.
    public static func conditionalExpiryCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        [
            conditionsSetExpiry(), conditionsRemoveExpiry(), conditionsKeepExpiry(),
            refusedKeepsExpiry(), expiredMeetsNoCondition(), conditionsRefuseZero(),
            takenExpiryIsGone(), conditionalExpiryRandom(),
        ]
    }

    /// Each conditional write as a method: of a key that holds `1`, or of one that is absent.
    private static func writes<H: KeyValueHarness>(
        _ scene: KeyValueScene<H>, _ expires: KeyExpiration
    ) -> [(name: String, needsKey: Bool, write: @Sendable (ByteString) async throws -> Void)]
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        let store = scene.store
        return [
            ("setIfAbsent", false, { try await store.setIfAbsent($0, to: "2", expires: expires) }),
            ("setIfPresent", true, { try await store.setIfPresent($0, to: "2", expires: expires) }),
            (
                "compareAndSet", true,
                { try await store.compareAndSet($0, from: "1", to: "2", expires: expires) }
            ),
            ("exchange", true, { try await store.exchange($0, with: "2", expires: expires) }),
        ]
    }

    private static func conditionsSetExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.sets-it",
            "A conditional write that happens sets when the key vanishes, in the same step."
        ) { scene in
            for (name, needsKey, write) in writes(scene, .after(minutes)) {
                let key = ByteString(name)
                if needsKey { try await scene.store.set(key, to: "1") }
                try await write(key)
                try await scene.expect(key, holds: "2", "after the write")
                try await scene.expect(key, expires: .remaining(minutes), "after the write")
            }
            for (name, needsKey, write) in writes(scene, .after(short)) {
                let key = ByteString("short " + name)
                if needsKey { try await scene.store.set(key, to: "1") }
                try await write(key)
            }
            try await scene.letPass(longer)
            for (name, _, _) in writes(scene, .never) {
                try await scene.expect(ByteString("short " + name), holds: nil, "after its time")
                try await scene.expect(ByteString(name), holds: "2", "before its time")
            }
        }
    }

    private static func conditionsRemoveExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.removes-it",
            "A conditional write without an expiry, or with never, removes the one the key had."
        ) { scene in
            let store = scene.store
            let plain: [@Sendable (ByteString) async throws -> Void] = [
                { try await store.setIfPresent($0, to: "2") },
                { try await store.compareAndSet($0, from: "1", to: "2") },
                { try await store.exchange($0, with: "2") },
            ]
            let all = plain + writes(scene, .never).filter(\.needsKey).map(\.write)
            for (number, write) in all.enumerated() {
                let key: ByteString = "k\(number)"
                try await store.set(key, to: "1", expires: .after(minutes))
                try await write(key)
                try await scene.expect(key, holds: "2", "after the write")
                try await scene.expect(key, expires: .unlimited, "after the write")
            }
        }
    }

    private static func conditionsKeepExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.unchanged-keeps-it",
            "A conditional write with its expiry unchanged keeps the one that the key had; a new "
                + "key stays."
        ) { scene in
            for (name, needsKey, write) in writes(scene, .unchanged) {
                let key = ByteString(name)
                if needsKey {
                    try await scene.store.set(key, to: "1", expires: .after(minutes))
                }
                try await write(key)
                try await scene.expect(key, holds: "2", "after the write")
                try await scene.expect(
                    key, expires: needsKey ? .remaining(minutes) : .unlimited, "after the write")
            }
        }
    }

    private static func refusedKeepsExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.refused-keeps-it",
            "A conditional write that does not happen does not touch the key's expiry."
        ) { scene in
            let store = scene.store
            try await store.set("a", to: "0")
            try await store.set("b", to: "0", expires: .after(minutes))
            for expires: KeyExpiration in [.after(short), .never, .unchanged] {
                for key: ByteString in ["a", "b"] {
                    try await store.setIfAbsent(key, to: "2", expires: expires)
                    try await store.compareAndSet(key, from: "1", to: "2", expires: expires)
                }
            }
            try await scene.letPass(longer)
            try await scene.expect("a", expires: .unlimited, "after writes that did not happen")
            try await scene.expect(
                "b", expires: .remaining(minutes), "after writes that did not happen")
        }
    }

    private static func expiredMeetsNoCondition<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.expired-is-absent",
            "A key whose time has come is absent for every condition: a lock frees itself."
        ) { scene in
            let commands = scene.store.commands
            let calls: [(KeyValueCall<KeyValueScene<H>.Store>, KeyValueReply)] = [
                (KeyValueCall(commands.setIfPresent("k", to: "2")), .flag(false)),
                (KeyValueCall(commands.compareAndSet("k", from: "1", to: "2")), .flag(false)),
                (KeyValueCall(commands.compareAndDelete("k", from: "1")), .flag(false)),
                (KeyValueCall(commands.take("k")), .value(nil)),
                (KeyValueCall(commands.exchange("k", with: "2")), .value(nil)),
                (KeyValueCall(commands.setIfAbsent("k", to: "2")), .flag(true)),
            ]
            for (call, expected) in calls { try await scene.expectExpired("k", call, expected) }
            try await scene.expect("k", holds: "2", "after setIfAbsent of an expired key")
            try await scene.expect("k", expires: .unlimited, "after setIfAbsent")
        }
    }

    private static func conditionsRefuseZero<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.refuses-zero",
            "A conditional write with a time to live that is not more than zero throws "
                + "invalidArgument, one beyond the limit limitExceeded, whether or not the "
                + "condition holds; nothing changes."
        ) { scene in
            let long = scene.store.limits.maximumTimeToLive + .seconds(1)
            for (time, code): (Duration, StorageError.Code) in [
                (.zero, .invalidArgument), (.seconds(-1), .invalidArgument),
                (long, .limitExceeded),
            ] {
                for (name, _, write) in writes(scene, .after(time)) {
                    try await scene.store.set("a", to: "1")
                    for key: ByteString in ["a", "b"] {
                        try await scene.context.expectThrows(code, "\(name) for \(time)") {
                            try await write(key)
                        }
                    }
                    try await scene.expect("a", holds: "1", "after a refused \(name)")
                    try await scene.expectKeys(["a"], "after a refused \(name)")
                }
            }
        }
    }

    private static func takenExpiryIsGone<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.taken-leaves-none",
            "A key that was taken, or deleted by its value, leaves no expiry for the next."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(minutes))
            try await scene.store.set("b", to: "1", expires: .after(minutes))
            try await scene.store.take("a")
            try await scene.store.compareAndDelete("b", from: "1")
            for key: ByteString in ["a", "b"] {
                try await scene.expect(key, expires: .absent, "after it was deleted")
                try await scene.store.set(key, to: "2", expires: .unchanged)
                try await scene.expect(key, expires: .unlimited, "after it was written again")
            }
        }
    }

    private static func conditionalExpiryRandom<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore & ExpiringKeyValueStore {
        law(
            "conditional-expiry.random-sequences",
            "Every sequence of conditional and expiring writes gets the answers that the "
                + "contract's model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: KeyValueDraws.value(scene.store, number, &generator)
                case 1: KeyValueDraws.expiry(scene.store, number, &generator)
                case 2: KeyValueDraws.condition(scene.store, number, &generator)
                default: KeyValueDraws.conditionAndExpiry(scene.store, number, &generator)
                }
            }
        }
    }
}
