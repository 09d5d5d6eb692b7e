import StorageKit

extension CacheScene {
    /// Fails the case unless the key has this revision, by every way to look.
    func expect(
        _ number: Int, is revision: Int, _ when: @autoclosure () -> String
    ) async throws {
        let expected = Specimen(number: number, revision: revision)
        let one = try await cache.get(key(number))
        try context.expectEqual(one?.value, expected, "get of \(number) \(when())")
        let many = try await cache.get([key(number)])
        try context.expectEqual(
            many[key(number)]?.value, expected, "get of [\(number)] \(when())")
    }

    /// Fails the case unless there is no entry, by every way to look.
    func expectNothing(_ number: Int, _ when: @autoclosure () -> String) async throws {
        let one = try await cache.get(key(number))
        try context.expect(one == nil, "no entry of \(number) \(when())", seen: "\(one as Any)")
        let many = try await cache.get([key(number)])
        try context.expect(many.isEmpty, "no entry of [\(number)] \(when())", seen: "\(many)")
    }

    /// Fails the case unless there is no entry, nor one when a load begins; and frees the key.
    func expectGone(_ number: Int, _ when: @autoclosure () -> String) async throws {
        try await expectNothing(number, when())
        let ticket = try await ticket(number, when())
        try await cache.abandonLoads([key(number): ticket])
    }

    /// Fails the case unless no load can be registered, for this reason.
    func expectBypass(
        _ number: Int, _ reason: CacheBypass, unlessFreshFor demanded: Duration? = .zero,
        _ when: @autoclosure () -> String
    ) async throws {
        let lookup = try await begin(number, unlessFreshFor: demanded)
        guard case .bypass(reason) = lookup else {
            throw ConformanceFailure(
                expected: "beginLoads of \(number) to bypass (\(reason)) \(when())",
                seen: "\(lookup)")
        }
    }

    /// Fails the case unless beginning a load finds this revision instead.
    func expectHit(
        _ number: Int, _ revision: Int, unlessFreshFor demanded: Duration? = .zero,
        _ when: @autoclosure () -> String
    ) async throws {
        let lookup = try await begin(number, unlessFreshFor: demanded)
        guard case .hit(let entry) = lookup else {
            throw ConformanceFailure(
                expected: "beginLoads of \(number) to be a hit \(when())", seen: "\(lookup)")
        }
        try context.expectEqual(
            entry.value, Specimen(number: number, revision: revision), "the hit \(when())")
    }

    /// Fails the case if the ticket still fills.
    func expectRejected(
        _ number: Int, _ ticket: Ticket, revision: Int = 99, version: Int64? = nil,
        _ when: @autoclosure () -> String
    ) async throws {
        let stored = try await publish(
            number, entry(number, revision, version: version), ticket)
        try context.expect(!stored, "a publication to be rejected \(when())", seen: "it was stored")
        let seen = try await cache.get(key(number))
        try context.expect(
            seen?.value?.revision != revision, "nothing of what was rejected \(when())",
            seen: "it is a hit")
    }
}
