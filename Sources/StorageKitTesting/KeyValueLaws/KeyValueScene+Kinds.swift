import StorageKit

extension KeyValueScene {
    /// Fails the case unless every call on a key with a plain value throws wrongType and leaves it.
    func expectWrongType(_ calls: [KeyValueCall<Store>], _ key: ByteString) async throws {
        try await store.set(key, to: "1")
        for call in calls {
            try await context.expectThrows(.wrongType, "\(call) of a plain value") {
                try await call.reply(of: store)
            }
            try await expect(key, holds: "1", "after \(call), which was refused")
        }
        try await expectKeys([key], "after refused calls")
    }

    /// Fails the case unless a key with a collection is one for the operations of every store.
    ///
    /// - Parameter fill: Makes the collection under a key.
    func expectCollection(
        _ fill: (ByteString) async throws -> Void
    ) async throws {
        try await fill("c")
        try await expect(commands.get("c"), throws: .wrongType)
        try await context.expectThrows(.wrongType, "get of a collection") {
            try await store.get("c")
        }
        try await expect(commands.get(["c", "x"]), answers: [nil, nil])
        try await expect(commands.exists("c"), answers: true)
        try await expectKeys(["c"], "of a collection")
        try await store.set("c", to: "1")
        try await expect("c", holds: "1", "after set over a collection")
        try await fill("d")
        try await expect(commands.delete("d"), answers: true)
        try await expect("d", holds: nil, "after delete of a collection")
        try await fill("d")
        try await expect(commands.delete(["d", "c", "x"]), answers: 2)
        try await expectKeys([], "after all were deleted")
    }
}
