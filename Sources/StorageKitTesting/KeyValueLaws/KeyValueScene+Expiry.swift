import StorageKit

extension KeyValueScene where Harness.Subject: ExpiringKeyValueStore {
    /// Fails the case unless timeToLive says this.
    ///
    /// What remains may be less by two minutes, for the time that has passed, and more by one step
    /// of the resolution, for the rounding.
    func expect(
        _ key: ByteString, expires expected: TimeToLive, _ when: @autoclosure () -> String
    ) async throws {
        let seen = try await store.timeToLive(of: key)
        guard case .remaining(let time) = expected else {
            return try context.expectEqual(seen, expected, "timeToLive of '\(key)' \(when())")
        }
        let most = time + store.limits.timeToLiveResolution
        if case .remaining(let rest) = seen, rest <= most, rest > time - .seconds(120) { return }
        throw ConformanceFailure(
            expected: "timeToLive of '\(key)' to be \(time) or a little less \(when())",
            seen: "\(seen)")
    }
}

extension KeyValueScene where Harness: ExpiryHarness, Harness.Subject: ExpiringKeyValueStore {
    /// Fails the case unless a call answers about an expired key as about an absent one.
    ///
    /// Each call has its own expired key: the first to look at one may be what removes it.
    func expectExpired(
        _ key: ByteString, _ call: KeyValueCall<Store>, _ expected: KeyValueReply
    ) async throws {
        try await store.set(key, to: "1", expires: .after(KeyValueLaws.short))
        try await letPass(KeyValueLaws.longer)
        let seen = try await call.reply(of: store)
        try context.expectEqual(seen, expected, "\(call) of an expired key")
    }
}
