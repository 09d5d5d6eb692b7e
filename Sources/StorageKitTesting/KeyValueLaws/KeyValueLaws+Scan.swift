import StorageKit

extension KeyValueLaws {
    static func scanCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [scanPrefix(), scanGlobs(), scanPages(), scanLarge(), scanLimit(), scanEmpty()]
    }

    private static func scanPrefix<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.visits-the-prefix",
            "A scan visits every key that begins with the prefix and no other; an empty prefix "
                + "visits all."
        ) { scene in
            let keys: Set<ByteString> = ["a", "ab", "abc", "b", "ba", "A", "", "\u{0}ab"]
            for key in keys { try await scene.store.set(key, to: "1") }
            for prefix: ByteString in ["", "a", "ab", "abc", "abcd", "b", "B", "c"] {
                try await scene.expectKeys(
                    keys.filter { $0.hasPrefix(prefix) }, withPrefix: prefix, "of eight")
            }
        }
    }

    private static func scanGlobs<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.prefixes-are-not-patterns",
            "A prefix is bytes: *, ?, [, ], ^, - and \\ stand for themselves."
        ) { scene in
            var keys = Set(AwkwardBytes.samples)
            for prefix in AwkwardBytes.samples { keys.insert(prefix + "z") }
            for key in keys { try await scene.store.set(key, to: "1") }
            for prefix in AwkwardBytes.samples {
                try await scene.expectKeys(
                    keys.filter { $0.hasPrefix(prefix) }, withPrefix: prefix, "of \(keys.count)")
            }
        }
    }

    private static func scanPages<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.pages-lead-to-the-end",
            "Whatever the page size, the pages of a scan lead to its end and hold everything."
        ) { scene in
            let keys = Set((0..<30).map { ByteString("k\($0)") })
            for key in keys { try await scene.store.set(key, to: "1") }
            for size in [1, 2, 7, 29, 30, 31, 1000] {
                let seen = try await scene.allKeys(withPrefix: "k", pageSize: size)
                try scene.context.expectEqual(
                    Set(seen).sorted(), keys.sorted(), "the keys in pages of \(size)")
            }
        }
    }

    private static func scanLarge<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.visits-many-keys", "A scan of thousands of keys visits each at least once."
        ) { scene in
            let keys = (0..<3000).map { ByteString("\($0 % 3 == 0 ? "fizz" : "k"):\($0)") }
            try await scene.atOnceInOrder(keys) { try await scene.store.set($0, to: "1") }
            for prefix: ByteString in ["fizz:", ""] {
                let seen = Set(try await scene.allKeys(withPrefix: prefix, pageSize: 250))
                let expected = Set(keys.filter { $0.hasPrefix(prefix) })
                try scene.context.expect(
                    seen == expected, "each of \(expected.count) keys with prefix '\(prefix)'",
                    seen: "\(expected.subtracting(seen).count) missing, "
                        + "\(seen.subtracting(expected).count) too many")
            }
        }
    }

    private static func scanLimit<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "scan.refuses-a-limit-below-one",
            "A page of a scan with a limit below 1 throws invalidArgument."
        ) { scene in
            try await scene.store.set("a", to: "1")
            for limit in [0, -1, .min] {
                try await scene.context.expectThrows(
                    .invalidArgument, "a page of \(limit) keys"
                ) {
                    try await scene.store.keys(withPrefix: "", after: nil, limit: limit)
                }
            }
        }
    }

    private static func scanEmpty<H: KeyValueHarness>() -> ConformanceCase<H> {
        law("scan.of-nothing-ends", "A scan that finds nothing ends.") { scene in
            try await scene.expectKeys([], "in an empty store")
            for number in 0..<20 { try await scene.store.set("k\(number)", to: "1") }
            try await scene.expectKeys([], withPrefix: "x", "beside other keys")
            for number in 0..<20 { try await scene.store.delete("k\(number)") }
            try await scene.expectKeys([], "after all keys were deleted")
        }
    }
}

extension KeyValueScene {
    /// Calls a body for each element, sixteen at a time.
    func atOnceInOrder<Element: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        _ = try await atOnce(16) { task in
            for place in stride(from: task, to: elements.count, by: 16) {
                try await body(elements[place])
            }
        }
    }
}
