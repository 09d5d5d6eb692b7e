import ExampleSupport
import StorageKit

extension Scenes {
    /// A profile and its expiry, written in one step.
    func cachedProfile() async throws {
        terminal.title(
            "A cached profile", "delete, hashSet and expire in one atomic batch: cacheUserProfile")
        let profiles = ProfileCache(store: store)
        let ana = UserProfile(name: "Ana", email: "ana@example.org")
        try await profiles.cacheUserProfile(userID: 7, profile: ana)
        terminal.call("cacheUserProfile(userID: 7, profile: …)", "done")

        let found = try await profiles.profile(of: 7)
        try check(found == ana, "the profile did not come back as it was written")
        terminal.call("profile(of: 7)", "\(ana.name), \(ana.email)")
        let key = ProfileCache<Store>.key(of: 7)
        try await expectTimeToLive(of: key, upTo: .seconds(300))
        try await expectGone(key, after: .seconds(300))
    }

    /// Sessions that live while they are used.
    func sessions() async throws {
        terminal.title(
            "Sessions of 30 minutes that live while they are used", "get(_:expires:), one step")
        let sessions = Sessions(in: store, idleTime: .seconds(30 * 60))
        let ben = Session(userID: 2, roles: ["reader", "writer"])
        let token = try await sessions.begin(ben)
        terminal.call("begin(user 2)", "a token")
        try await use(token, of: sessions, expecting: ben, after: .seconds(20 * 60))
        try await use(token, of: sessions, expecting: ben, after: .seconds(20 * 60))
        if passTime == nil {
            try await sessions.end(token)
            terminal.call("end(token)", "done")
        }
        try await use(token, of: sessions, expecting: nil, after: .seconds(30 * 60))
    }

    private func use(
        _ token: String, of sessions: Sessions<Store>, expecting expected: Session?,
        after time: Duration
    ) async throws {
        passTime?(time)
        let session = try await sessions.use(token)
        try check(session == expected, "a session is \(String(describing: session))")
        let when = passTime == nil ? "" : "\(words(time)) later: "
        let answer = session.map { "user \($0.userID), for \(words(sessions.idleTime)) more" }
        terminal.call("\(when)use(token)", answer ?? "nil")
    }
}
