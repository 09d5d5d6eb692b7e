import StorageKit

extension KeyValueLaws {
    static func limitCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [
            keyAtLimit(), keyPastLimit(), valueAtLimit(), valuePastLimit(), callAtLimit(),
            callPastLimit(),
        ]
    }

    /// Larger limits are taken on trust: a test would spend its time on building arguments.
    static func probe(
        _ limit: Int, _ what: String, upTo largest: Int = 64 << 20
    ) throws -> Int {
        guard limit <= largest else {
            throw ConformanceNotApplicable("the limit of \(limit) for \(what) is too large to try")
        }
        return limit
    }

    /// A key longer than the store takes, or `nil` when that would be too large to try.
    static func tooLongKey(_ limits: KeyValueLimits) -> ByteString? {
        limits.maximumKeyBytes <= 64 << 20 ? bytes(limits.maximumKeyBytes + 1) : nil
    }

    static func bytes(_ count: Int) -> ByteString {
        ByteString(Array(repeating: 0x78, count: count))
    }

    private static func keyAtLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.key-at-the-limit", "Keys are as long as limits.maximumKeyBytes says."
        ) { scene in
            let key = bytes(try probe(scene.store.limits.maximumKeyBytes, "keys"))
            try await scene.store.set(key, to: "1")
            let seen = try await scene.store.get(key)
            try scene.context.expectEqual(seen, "1", "get of the longest key")
            let found = Set(try await scene.allKeys(withPrefix: key))
            try scene.context.expect(found == [key], "the longest key as a prefix of itself")
        }
    }

    private static func keyPastLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.key-past-the-limit",
            "A key longer than limits.maximumKeyBytes throws limitExceeded, and nothing changes."
        ) { scene in
            let key = bytes(try probe(scene.store.limits.maximumKeyBytes, "keys") + 1)
            try await scene.store.set("a", to: "1")
            try await scene.refuses(.limitExceeded) { try await scene.store.get(key) }
            try await scene.refuses(.limitExceeded) { try await scene.store.get(["a", key]) }
            try await scene.refuses(.limitExceeded) { try await scene.store.set(key, to: "1") }
            try await scene.refuses(.limitExceeded) { try await scene.store.delete(key) }
            try await scene.refuses(.limitExceeded) { try await scene.store.delete(["a", key]) }
            try await scene.refuses(.limitExceeded) { try await scene.store.exists(key) }
            try await scene.expectKeys(["a"], "after refused calls")
        }
    }

    private static func valueAtLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.value-at-the-limit", "Values are as long as limits.maximumValueBytes says."
        ) { scene in
            let value = bytes(try probe(scene.store.limits.maximumValueBytes, "values"))
            try await scene.store.set("a", to: value)
            let seen = try await scene.store.get("a")
            try scene.context.expect(
                seen == value, "the longest value", seen: "\(seen?.count ?? 0) bytes")
        }
    }

    private static func valuePastLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.value-past-the-limit",
            "A value longer than limits.maximumValueBytes throws limitExceeded, and the key keeps "
                + "what it held."
        ) { scene in
            let value = bytes(try probe(scene.store.limits.maximumValueBytes, "values") + 1)
            try await scene.store.set("a", to: "1")
            for key: ByteString in ["a", "b"] {
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.set(key, to: value)
                }
            }
            try await scene.expect("a", holds: "1", "after the refused set")
            try await scene.expectKeys(["a"], "after refused sets")
        }
    }

    private static func callAtLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.call-at-the-limit",
            "A call carries as many keys as limits.maximumElementsPerCall says."
        ) { scene in
            let size = try probe(scene.store.limits.maximumElementsPerCall, "keys", upTo: 600_000)
            try await scene.store.set("0", to: "1")
            try await scene.store.set("\(size - 1)", to: "2")
            let keys = (0..<size).map { ByteString("\($0)") }
            let seen = try await scene.store.get(keys)
            try scene.context.expectEqual(seen.count, size, "how many values get returns")
            let places = seen.indices.filter { seen[$0] != nil }
            try scene.context.expectEqual(
                Set(places), [0, size - 1], "where get of \(size) keys finds values")
            let count = try await scene.store.delete(keys)
            try scene.context.expectEqual(
                count, Set([0, size - 1]).count, "delete of \(size) keys")
        }
    }

    private static func callPastLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "limits.call-past-the-limit",
            "A call with more keys than limits.maximumElementsPerCall throws limitExceeded, and "
                + "nothing changes."
        ) { scene in
            let size = try probe(scene.store.limits.maximumElementsPerCall, "keys", upTo: 600_000)
            try await scene.store.set("0", to: "1")
            let keys = (0...size).map { ByteString("\($0)") }
            try await scene.refuses(.limitExceeded) { try await scene.store.get(keys) }
            try await scene.refuses(.limitExceeded) { try await scene.store.delete(keys) }
            try await scene.expect("0", holds: "1", "after the refused calls")
        }
    }
}

extension KeyValueScene {
    /// Fails the case unless the call is refused with this code.
    func refuses<Value>(
        _ code: StorageError.Code, _ call: () async throws -> Value
    ) async throws {
        try await context.expectThrows(code, "the call", call)
    }
}
