import StorageKit

extension KeyValueScene {
    /// Fails the case unless a key holds a value, or nothing, by every way to look.
    func expect(
        _ key: ByteString, holds value: ByteString?, _ when: @autoclosure () -> String
    ) async throws {
        let seen = try await store.get(key)
        try context.expectEqual(seen, value, "get of '\(key)' \(when())")
        let many = try await store.get([key])
        try context.expectEqual(many, [value], "get of ['\(key)'] \(when())")
        let exists = try await store.exists(key)
        try context.expectEqual(exists, value != nil, "exists of '\(key)' \(when())")
    }

    /// Fails the case unless there are these keys and no others, by a scan of all.
    func expectKeys(
        _ keys: Set<ByteString>, withPrefix prefix: ByteString = "",
        _ when: @autoclosure () -> String
    ) async throws {
        let seen = try await allKeys(withPrefix: prefix)
        try context.expectEqual(
            Set(seen).sorted(), keys.sorted(), "the keys with prefix '\(prefix)' \(when())")
    }

    /// What a scan of keys visits, as often as it visits it.
    func allKeys(
        withPrefix prefix: ByteString, pageSize: Int = 512
    ) async throws -> [ByteString] {
        try await elements(of: store.keys(withPrefix: prefix, pageSize: pageSize))
    }

    /// What a scan visits; one that never ends fails the case.
    func elements<Element: Hashable & Sendable>(
        of scan: KeyValueScan<Store, Element>, atMost limit: Int = 1_000_000
    ) async throws -> [Element] {
        var seen: [Element] = []
        for try await element in scan {
            seen.append(element)
            try context.expect(
                seen.count <= limit, "a scan that ends", seen: "\(limit) elements and more")
        }
        return seen
    }

    /// Whether a call is answered; an error with this code is an answer too.
    func succeeds(
        but code: StorageError.Code, _ call: () async throws -> Void
    ) async throws -> Bool {
        do {
            try await call()
            return true
        } catch let error as StorageError where error.code == code {
            return false
        }
    }
}
