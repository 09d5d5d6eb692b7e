import StorageKit

extension KeyValueLaws {
    static func deleteCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [deleteRemoves(), deleteOfAbsent(), deleteFrees(), deleteMany(), deleteManyTwice()]
    }

    private static func deleteRemoves<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "delete.removes", "delete removes a key, says so, and leaves the others alone."
        ) { scene in
            for key: ByteString in ["a", "ab", "b"] { try await scene.store.set(key, to: "1") }
            let wasThere = try await scene.store.delete("a")
            try scene.context.expectEqual(wasThere, true, "delete of a key that was there")
            try await scene.expect("a", holds: nil, "after the delete")
            try await scene.expectKeys(["ab", "b"], "after the delete")
            try await scene.expect("ab", holds: "1", "after the delete of another key")
        }
    }

    private static func deleteOfAbsent<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "delete.says-when-there-was-none",
            "delete returns false when there was no such key; it is no error."
        ) { scene in
            let inEmpty = try await scene.store.delete("a")
            try scene.context.expectEqual(inEmpty, false, "delete in an empty store")
            try await scene.store.set("b", to: "1")
            let absent = try await scene.store.delete("a")
            try scene.context.expectEqual(absent, false, "delete of an absent key")
            try await scene.store.delete("b")
            let again = try await scene.store.delete("b")
            try scene.context.expectEqual(again, false, "delete of a deleted key")
        }
    }

    private static func deleteFrees<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("delete.frees-the-key", "A deleted key can be written again.") { scene in
            for round in 0..<3 {
                try await scene.store.set("a", to: "v\(round)")
                try await scene.expect("a", holds: "v\(round)", "after a set")
                try await scene.store.delete("a")
                try await scene.expect("a", holds: nil, "after a delete")
            }
        }
    }

    private static func deleteMany<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "delete.many-counts-what-was-there",
            "delete of several keys removes them and returns how many there were."
        ) { scene in
            for number in 0..<5 { try await scene.store.set("\(number)", to: "1") }
            let count = try await scene.store.delete(["0", "x", "2", "y", "4"])
            try scene.context.expectEqual(count, 3, "delete of three keys and two absent ones")
            try await scene.expectKeys(["1", "3"], "after the delete")
            let none = try await scene.store.delete([])
            try scene.context.expectEqual(none, 0, "delete of no keys")
            try await scene.expectKeys(["1", "3"], "after a delete of no keys")
        }
    }

    private static func deleteManyTwice<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "delete.many-counts-once", "A key that is given to delete twice counts once."
        ) { scene in
            try await scene.store.set("a", to: "1")
            try await scene.store.set("b", to: "1")
            let count = try await scene.store.delete(["a", "a", "x", "x", "b", "a"])
            try scene.context.expectEqual(count, 2, "delete of two keys given several times")
            try await scene.expectKeys([], "after the delete")
        }
    }
}
