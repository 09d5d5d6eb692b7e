import StorageKit

extension KeyValueLaws {
    /// The cases of namespaces, for a subject that is one or has one anywhere beneath: they prove
    /// that a `KeyValueWrapper` lets no two leak into each other.
    ///
    /// On a subject without a namespace the first fails, rightly: whoever uses a store directly
    /// sees all that its namespaces hold.
    public static func namespaceCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        [namespacesApart(), namespacesByPath()]
    }

    private static func namespacesApart<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "namespace.shares-no-key-with-one-within",
            "A namespace and one within it have no key in common, whatever their keys are."
        ) { scene in
            let within = scene.store.namespace("b")
            let outside: [ByteString] = ["x", "b:x", "/b:x", "b/x", "b", ":x", ""]
            for key in outside { try await scene.store.set(key, to: "outside") }
            for key in outside {
                let seen = try await within.get(key)
                try scene.context.expectEqual(seen, nil, "get of '\(key)' within")
                try await within.set(key, to: "inside")
            }
            for key in outside { try await scene.expect(key, holds: "outside", "within was set") }
            try await scene.expectKeys(Set(outside), "when as many were set within")
            for key in outside { try await within.delete(key) }
            try await scene.expectKeys(Set(outside), "when those within were deleted")
        }
    }

    private static func namespacesByPath<H: KeyValueHarness>() -> ConformanceCase<H> {
        law(
            "namespace.is-its-path",
            "Two namespaces of one path are the same, wherever they were made, and of two paths "
                + "they are not."
        ) { scene in
            let known = scene.store.namespace("b").namespace("c")
            try await known.set("x", to: "1")
            let again = try await value(of: "x", in: scene.store, path: ["b", "c"])
            try scene.context.expectEqual(again, "1", "get in a namespace made one by one")
            for path in [["b"], ["c"], ["b/c"], ["b:c"], ["b", "c", ""], ["c", "b"]] {
                let other = try await value(of: "x", in: scene.store, path: path)
                try scene.context.expectEqual(other, nil, "get in the namespace \(path)")
            }
            // Who clears the subject sees only what is its own.
            try await known.delete("x")
        }
    }

    /// Knows of each namespace on the way only that it is a store.
    private static func value(
        of key: ByteString, in store: some KeyValueStore, path: [String]
    ) async throws -> ByteString? {
        guard let name = path.first else { return try await store.get(key) }
        return try await value(
            of: key, in: store.namespace(name), path: Array(path.dropFirst()))
    }
}
