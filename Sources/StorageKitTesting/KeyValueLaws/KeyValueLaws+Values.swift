import StorageKit

extension KeyValueLaws {
    static func valueCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [
            setStores(), setReplaces(), absentIsNothing(), emptyIsNotAbsent(), getManyByPosition(),
            getManyTwice(), getManyOfNone(), commandsAgree(), apart(),
        ]
    }

    private static func setStores<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.set-stores",
            "set writes a value, which get, get of several, exists and a scan see from then on."
        ) { scene in
            try await scene.store.set("a", to: "1")
            try await scene.expect("a", holds: "1", "after the set")
            try await scene.store.set("b", to: "2")
            try await scene.expect("a", holds: "1", "after the set of another key")
            try await scene.expect("b", holds: "2", "after the set")
            try await scene.expectKeys(["a", "b"], "after two sets")
        }
    }

    private static func setReplaces<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("value.set-replaces", "set writes the value whatever the key held.") { scene in
            for value: ByteString in ["long enough to leave a rest", "short", "", "again"] {
                try await scene.store.set("a", to: value)
                try await scene.expect("a", holds: value, "after another set")
            }
            try await scene.expectKeys(["a"], "after sets of one key")
        }
    }

    private static func absentIsNothing<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.absent-is-nil",
            "get of a key that does not exist is nil, exists is false; it is no error."
        ) { scene in
            try await scene.expect("a", holds: nil, "in an empty store")
            try await scene.store.set("b", to: "2")
            try await scene.expect("a", holds: nil, "beside another key")
            try await scene.expectKeys(["b"], "after gets of an absent key")
        }
    }

    private static func emptyIsNotAbsent<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.empty-is-not-absent", "An empty value is a value, and its key exists."
        ) { scene in
            try await scene.store.set("a", to: "")
            try await scene.expect("a", holds: "", "after the set of nothing")
            try await scene.expectKeys(["a"], "after the set of nothing")
        }
    }

    private static func getManyByPosition<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.get-many-by-position",
            "get of several keys returns each value at the position of its key, nil where there "
                + "is none."
        ) { scene in
            for number in 0..<6 { try await scene.store.set("\(number)", to: "v\(number)") }
            let seen = try await scene.store.get(["4", "x", "0", "y", "2"])
            try scene.context.expectEqual(
                seen, ["v4", nil, "v0", nil, "v2"], "get of five keys, two of them absent")
            let none = try await scene.store.get(["x", "y"])
            try scene.context.expectEqual(none, [nil, nil], "get of two absent keys")
        }
    }

    private static func getManyTwice<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.get-many-with-duplicates",
            "get of a key given twice returns its value at both positions."
        ) { scene in
            try await scene.store.set("a", to: "1")
            try await scene.store.set("b", to: "2")
            let seen = try await scene.store.get(["a", "b", "a", "x", "x", "a"])
            try scene.context.expectEqual(
                seen, ["1", "2", "1", nil, nil, "1"], "get with keys given twice")
        }
    }

    private static func getManyOfNone<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("value.get-many-of-none", "get of no keys returns no values.") { scene in
            try await scene.store.set("a", to: "1")
            let seen = try await scene.store.get([])
            try scene.context.expectEqual(seen, [], "get of no keys")
        }
    }

    private static func commandsAgree<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.commands-agree",
            "get as a method and get as a command give the same answer."
        ) { scene in
            try await scene.store.perform(scene.store.commands.set("a", to: "1"))
            for key: ByteString in ["a", "x"] {
                let method = try await scene.store.get(key)
                let command = try await scene.store.perform(scene.store.commands.get(key))
                try scene.context.expectEqual(command, method, "the command get of '\(key)'")
            }
            try await scene.expect("a", holds: "1", "after the command")
        }
    }

    private static func apart<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "value.stores-are-apart",
            "A store shows the keys it was given and no others: what is written to one that was "
                + "made beside it is not there."
        ) { scene in
            try await scene.expectKeys([], "in a fresh store")
            try await scene.store.set("a", to: "1")
            try await scene.withAnotherScene { other in
                try await other.expect("a", holds: nil, "in another store")
                try await other.store.set("a", to: "2")
            }
            try await scene.expect("a", holds: "1", "after a set in another store")
        }
    }
}
