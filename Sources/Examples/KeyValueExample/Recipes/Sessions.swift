import StorageKit

/// Sessions that live as long as they are used: `session:<token>`.
struct Sessions<Store: ExpiringKeyValueStore>: Sendable {
    /// How long a session lives without being used.
    let idleTime: Duration

    private let sessions: TypedStore<Store, JSONCodec<Session>>

    init(in store: Store, idleTime: Duration) {
        self.idleTime = idleTime
        sessions = store.typed(as: Session.self)
    }

    /// Begins a session and returns the token that proves it.
    func begin(_ session: Session) async throws(StorageError) -> String {
        let token = Self.newToken()
        try await sessions.set(Self.key(of: token), to: session, expires: .after(idleTime))
        return token
    }

    /// The session of a token, which lives on from now; `nil` when it has ended.
    ///
    /// One round trip, one step: reading and renewing cannot come apart.
    func use(_ token: String) async throws(StorageError) -> Session? {
        try await sessions.get(Self.key(of: token), expires: .after(idleTime))
    }

    /// Ends a session at once.
    func end(_ token: String) async throws(StorageError) {
        try await sessions.delete(Self.key(of: token))
    }

    static func key(of token: String) -> ByteString { "session:\(token)" }

    /// 128 bits from the system's generator, which nobody can guess.
    private static func newToken() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in String(generator.next() as UInt64, radix: 36) }
        return digits.joined(separator: "-")
    }
}
