public import StorageKit

extension KeyValueLaws {
    /// The cases of `ExpiringKeyValueStore`.
    public static func expiryCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ExpiringKeyValueStore {
        [
            expires(), staysUntilThen(), neverStays(), setRemovesExpiry(), replaceExpiry(),
            unchangedKeeps(), timeToLiveCases(), expireSets(), expireOfAbsent(), persistKeeps(),
            persistSays(), getAndExpire(), getAndExpireOfAbsent(), absentWhenExpired(),
            expiredIsNew(), refusesZero(), roundsUp(), timeToLiveAtLimit(), timeToLivePastLimit(),
            expiryRandom(),
        ]
    }

    /// A time to live that is over soon, and the time after which it must be.
    static var short: Duration { .milliseconds(40) }
    static var longer: Duration { .milliseconds(120) }
    /// A time to live that is not over before the law is.
    static var minutes: Duration { .seconds(600) }

    private static func expires<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.vanishes-in-time", "A key that was set to expire does not exist after its time."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(short))
            try await scene.store.set("b", to: "2")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: nil, "after its time")
            try await scene.expect("b", holds: "2", "after the time of another key")
            try await scene.expectKeys(["b"], "after the time of the other")
        }
    }

    private static func staysUntilThen<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.stays-until-its-time", "A key that was set to expire exists until its time."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(minutes))
            try await scene.expect("a", holds: "1", "long before its time")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "1", "long before its time")
            try await scene.expectKeys(["a"], "long before its time")
        }
    }

    private static func neverStays<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.never-stays",
            "A key that is written to expire never stays, also when it had an expiry before."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .never)
            try await scene.store.set("b", to: "1", expires: .after(short))
            try await scene.store.set("b", to: "2", expires: .never)
            try await scene.expect("b", expires: .unlimited, "after set with never")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "1", "that never expires")
            try await scene.expect("b", holds: "2", "that does not expire any more")
        }
    }

    private static func setRemovesExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law("expiry.set-removes-it", "set removes an expiry that the key had.") { scene in
            try await scene.store.set("a", to: "1", expires: .after(short))
            try await scene.store.set("a", to: "2")
            try await scene.expect("a", expires: .unlimited, "after the plain set")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "2", "after the time it had before")
        }
    }

    private static func replaceExpiry<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.set-replaces-it", "set with an expiry replaces the one that the key had."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(short))
            try await scene.store.set("a", to: "2", expires: .after(minutes))
            try await scene.store.set("b", to: "1", expires: .after(minutes))
            try await scene.store.set("b", to: "2", expires: .after(short))
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "2", "whose time is longer now")
            try await scene.expect("b", holds: nil, "whose time is shorter now")
        }
    }

    private static func unchangedKeeps<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.unchanged-keeps-it",
            "A key that is written with its expiry unchanged vanishes when it would have; a new "
                + "one stays."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(short))
            try await scene.store.set("a", to: "2", expires: .unchanged)
            try await scene.store.set("b", to: "1", expires: .after(minutes))
            try await scene.store.set("b", to: "2", expires: .unchanged)
            try await scene.expect("b", expires: .remaining(minutes), "after the unchanged write")
            try await scene.store.set("c", to: "1")
            try await scene.store.set("c", to: "2", expires: .unchanged)
            try await scene.expect("c", expires: .unlimited, "which had no expiry")
            try await scene.store.set("d", to: "2", expires: .unchanged)
            try await scene.expect("d", expires: .unlimited, "which is new")
            // On a slow machine its time may have come before the unchanged write did.
            let wasNew = try await scene.store.timeToLive(of: "a") == .unlimited
            try await scene.letPass(longer)
            try await scene.expect("a", holds: wasNew ? "2" : nil, "after the time it had before")
            for key: ByteString in ["b", "c", "d"] {
                try await scene.expect(key, holds: "2", "after the unchanged write")
            }
        }
    }

    private static func timeToLiveCases<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.time-to-live-says",
            "timeToLive tells an absent key, one that stays, and how long one still has."
        ) { scene in
            try await scene.expect("a", expires: .absent, "in an empty store")
            try await scene.store.set("a", to: "1")
            try await scene.expect("a", expires: .unlimited, "after a plain set")
            try await scene.store.set("a", to: "1", expires: .after(minutes))
            try await scene.expect("a", expires: .remaining(minutes), "after a set with minutes")
            try await scene.letPass(longer)
            guard case .remaining(let rest) = try await scene.store.timeToLive(of: "a") else {
                throw ConformanceFailure(expected: "a time to live", seen: "none")
            }
            // Rounding may add back one step of the resolution.
            let most = minutes - longer + scene.store.limits.timeToLiveResolution
            try scene.context.expect(
                rest <= most, "less time to live after \(longer)", seen: "\(rest)")
            try await scene.store.delete("a")
            try await scene.expect("a", expires: .absent, "after the delete")
        }
    }

    private static func expireSets<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.expire-sets-it",
            "expire lets a key vanish after this time, whatever expiry it had, keeps its value and "
                + "says that there is such a key."
        ) { scene in
            for key: ByteString in ["a", "b", "c"] { try await scene.store.set(key, to: "1") }
            try await scene.store.set("b", to: "1", expires: .after(short))
            try await scene.store.set("c", to: "1", expires: .after(minutes))
            let said = [
                try await scene.store.expire("a", after: minutes),
                try await scene.store.expire("c", after: short),
            ]
            try scene.context.expectEqual(said, [true, true], "expire of present keys")
            // On a slow machine its time may have come before expire did.
            let inTime = try await scene.store.expire("b", after: minutes)
            try await scene.expect("b", holds: inTime ? "1" : nil, "of which expire has said so")
            try await scene.expect("a", expires: .remaining(minutes), "after expire")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "1", "after expire")
            try await scene.expect("b", holds: inTime ? "1" : nil, "whose time is longer now")
            try await scene.expect("c", holds: nil, "whose time is shorter now")
        }
    }

    private static func expireOfAbsent<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.expire-says-when-there-is-none",
            "expire of an absent key returns false and leaves nothing behind."
        ) { scene in
            let said = try await scene.store.expire("a", after: minutes)
            try scene.context.expectEqual(said, false, "expire of an absent key")
            try await scene.expect("a", holds: nil, "after expire of the absent key")
            try await scene.store.set("a", to: "1")
            try await scene.expect("a", expires: .unlimited, "set after expire")
        }
    }

    private static func persistKeeps<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.persist-keeps", "persist makes a key stay, with its value."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(short))
            let said = try await scene.store.persist("a")
            // On a slow machine its time may have come before persist did.
            guard said else { return try await scene.expect("a", holds: nil, "after its time") }
            try await scene.expect("a", expires: .unlimited, "after persist")
            try await scene.letPass(longer)
            try await scene.expect("a", holds: "1", "after the time it had before")
        }
    }

    private static func persistSays<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.persist-says",
            "persist returns whether there is such a key, and it had an expiry."
        ) { scene in
            try await scene.store.set("b", to: "1")
            try await scene.store.set("c", to: "1", expires: .after(minutes))
            var said = [
                try await scene.store.persist("a"), try await scene.store.persist("b"),
                try await scene.store.persist("c"),
            ]
            said.append(try await scene.store.persist("c"))
            try scene.context.expectEqual(
                said, [false, false, true, false],
                "persist of an absent key, of one without expiry, of one with, and of it again")
            try await scene.expectKeys(["b", "c"], "after persist")
        }
    }

    private static func getAndExpire<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.get-and-expire",
            "get with an expiry returns the value, keeps it and sets when it vanishes: after a "
                + "time, never, or as before."
        ) { scene in
            for (key, time) in [("a", short), ("b", minutes), ("c", minutes), ("d", minutes)] {
                try await scene.store.set(ByteString(key), to: "1", expires: .after(time))
            }
            let seen = [
                try await scene.store.get("b", expires: .never),
                try await scene.store.get("c", expires: .unchanged),
                try await scene.store.get("d", expires: .after(short)),
            ]
            try scene.context.expectEqual(seen, ["1", "1", "1"], "get with an expiry")
            try await scene.expect("b", expires: .unlimited, "after get with never")
            try await scene.expect("c", expires: .remaining(minutes), "after get with unchanged")
            try await scene.store.set("e", to: "1")
            let last = try await scene.store.get("e", expires: .after(minutes))
            try scene.context.expectEqual(last, "1", "get of a key without expiry")
            try await scene.expect("e", expires: .remaining(minutes), "after get with minutes")
            try await scene.letPass(longer)
            try await scene.expect("d", holds: nil, "whose time get has set")
            for key: ByteString in ["b", "c", "e"] {
                try await scene.expect(key, holds: "1", "after get with an expiry")
            }
        }
    }

    private static func getAndExpireOfAbsent<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.get-and-expire-of-absent",
            "get with an expiry of an absent key is nil and leaves nothing behind."
        ) { scene in
            for expiration: KeyExpiration in [.never, .unchanged, .after(minutes)] {
                let seen = try await scene.store.get("a", expires: expiration)
                try scene.context.expectEqual(seen, nil, "get of an absent key with an expiry")
            }
            try await scene.expectKeys([], "after gets with an expiry")
        }
    }

    private static func absentWhenExpired<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.expired-is-absent",
            "A key whose time has come does not exist for any operation."
        ) { scene in
            let commands = scene.store.commands
            let calls: [(KeyValueCall<KeyValueScene<H>.Store>, KeyValueReply)] = [
                (KeyValueCall(commands.get("k")), .value(nil)),
                (KeyValueCall(commands.get(["k"])), .values([nil])),
                (KeyValueCall(commands.exists("k")), .flag(false)),
                (KeyValueCall(commands.delete(["k"])), .integer(0)),
                (KeyValueCall(commands.timeToLive(of: "k")), .timeToLive(.absent)),
                (KeyValueCall(commands.expire("k", after: minutes)), .flag(false)),
                (KeyValueCall(commands.persist("k")), .flag(false)),
                (KeyValueCall(commands.get("k", expires: .never)), .value(nil)),
                (
                    KeyValueCall(scanOf: "k", pageSize: 10),
                    .elementPage(ScanPage(elements: [], next: nil))
                ),
            ]
            for (call, expected) in calls { try await scene.expectExpired("k", call, expected) }
        }
    }

    private static func expiredIsNew<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.written-again-stays",
            "A key that is written after its time is a new key: it has no expiry of the old one."
        ) { scene in
            for key: ByteString in ["a", "b"] {
                try await scene.store.set(key, to: "1", expires: .after(short))
            }
            try await scene.letPass(longer)
            try await scene.store.set("a", to: "2")
            try await scene.store.set("b", to: "2", expires: .unchanged)
            for key: ByteString in ["a", "b"] {
                try await scene.expect(key, holds: "2", "after it was written again")
                try await scene.expect(key, expires: .unlimited, "after it was written again")
            }
        }
    }

    private static func refusesZero<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.refuses-zero",
            "A time to live that is not more than zero throws invalidArgument, and nothing changes."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(minutes))
            for time: Duration in [.zero, .seconds(-1), .nanoseconds(-1)] {
                try await scene.refuses(.invalidArgument) {
                    try await scene.store.set("a", to: "2", expires: .after(time))
                }
                try await scene.refuses(.invalidArgument) {
                    try await scene.store.expire("a", after: time)
                }
                try await scene.refuses(.invalidArgument) {
                    try await scene.store.get("a", expires: .after(time))
                }
                try await scene.expect("a", holds: "1", "after refused calls")
                try await scene.expect("a", expires: .remaining(minutes), "after refused calls")
            }
        }
    }

    private static func roundsUp<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.rounds-up",
            "A time to live below the resolution is rounded up, never down to nothing."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(.nanoseconds(1)))
            try await scene.store.set("b", to: "1")
            let said = try await scene.store.expire("b", after: .nanoseconds(1))
            try scene.context.expectEqual(said, true, "expire after a nanosecond")
            let resolution = scene.store.limits.timeToLiveResolution
            try await scene.letPass(resolution + longer)
            try await scene.expect("a", holds: nil, "after its time")
            try await scene.expect("b", holds: nil, "after its time")
            // Half a step more than minutes: never less, also when it is read at once.
            let time = minutes + resolution / 2
            try await scene.store.set("c", to: "1", expires: .after(time))
            try await scene.expect("c", expires: .remaining(time), "after the set")
        }
    }

    private static func timeToLiveAtLimit<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.at-the-limit",
            "Times to live are as long as limits.maximumTimeToLive says."
        ) { scene in
            let time = scene.store.limits.maximumTimeToLive
            try await scene.store.set("a", to: "1", expires: .after(time))
            try await scene.expect("a", expires: .remaining(time), "after the longest set")
            try await scene.store.set("b", to: "1")
            try await scene.store.expire("b", after: time)
            try await scene.expect("b", expires: .remaining(time), "after the longest expire")
            let seen = try await scene.store.get("b", expires: .after(time))
            try scene.context.expectEqual(seen, "1", "get with the longest time to live")
        }
    }

    private static func timeToLivePastLimit<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.past-the-limit",
            "A time to live longer than limits.maximumTimeToLive throws limitExceeded, and nothing "
                + "changes."
        ) { scene in
            try await scene.store.set("a", to: "1", expires: .after(minutes))
            let limit = scene.store.limits.maximumTimeToLive
            for time in [limit + .nanoseconds(1), limit + .seconds(1), .seconds(Int64.max)] {
                guard time > limit else { continue }
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.set("a", to: "2", expires: .after(time))
                }
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.expire("a", after: time)
                }
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.get("a", expires: .after(time))
                }
            }
            try await scene.expect("a", holds: "1", "after refused calls")
            try await scene.expect("a", expires: .remaining(minutes), "after refused calls")
        }
    }

    private static func expiryRandom<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "expiry.random-sequences",
            "Every sequence of calls on values that expire gets the answers that the contract's "
                + "model gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Bool.random(using: &generator)
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.expiry(scene.store, number, &generator)
            }
        }
    }
}
