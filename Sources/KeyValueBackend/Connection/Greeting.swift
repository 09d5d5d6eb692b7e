import StorageKit

/// What a new connection says before it carries requests: who it is and which database it uses.
struct Greeting: Sendable {
    private enum Step: Hashable {
        case authenticate
        case name
        case select
        case identify
    }

    private let steps: [Step]
    /// The commands, or `nil` when there is nothing to say.
    let wire: WireCommand?

    /// - Parameter asksIdentity: Whether to ask for the number of the link on the server.
    init(_ configuration: RedisConfiguration, asksIdentity: Bool = false) {
        var steps: [Step] = []
        var commands: [RedisCommand] = []
        if let password = configuration.password {
            let user = configuration.username.map { [ByteString($0)] } ?? []
            steps.append(.authenticate)
            commands.append(RedisCommand(["AUTH"] + user + [ByteString(password)]))
        }
        if let name = configuration.clientName {
            steps.append(.name)
            commands.append(RedisCommand("CLIENT", "SETNAME", ByteString(name)))
        }
        if configuration.database != 0 {
            steps.append(.select)
            commands.append(RedisCommand("SELECT", ByteString("\(configuration.database)")))
        }
        if asksIdentity {
            steps.append(.identify)
            commands.append(RedisCommand("CLIENT", "ID"))
        }
        self.steps = steps
        wire = commands.isEmpty ? nil : WireCommand(commands)
    }

    var replyCount: Int { steps.count }

    /// The error that the reply to a step means, and whether asking again will not help.
    func error(
        in reply: RedisReply, to step: Int
    ) -> (error: StorageError, isPermanent: Bool)? {
        guard case .error(let refusal) = reply else { return nil }
        if Self.passing.contains(refusal.prefix) || refusal.message.contains("max number of cl") {
            return (Self.error(.unavailable, "the server is not ready yet", refusal), false)
        }
        // One can do without it, and who may not ask for it may yet do everything else.
        guard steps[step] != .identify else { return nil }
        return (error(refusal, to: steps[step]), true)
    }

    /// The number of the link on the server, where the reply to a step is that.
    func identity(in reply: RedisReply, to step: Int) -> Int64? {
        guard steps[step] == .identify, case .integer(let number) = reply else { return nil }
        return number
    }

    private func error(_ refusal: RedisServerError, to step: Step) -> StorageError {
        switch (step, refusal.prefix) {
        case (.authenticate, _), (_, "NOAUTH"):
            // Not in the server's words: some quote what they were sent, the password with it.
            StorageError(
                code: .unauthenticated, message: "the server does not take this user and password",
                native: Self.native(refusal))
        case (_, "NOPERM"):
            Self.error(
                .permissionDenied,
                "the user may not run what a new connection needs (CLIENT SETNAME, SELECT)",
                refusal)
        case (.name, _):
            Self.error(.invalidArgument, "the server does not take the client's name", refusal)
        case (.select, _):
            Self.error(.invalidArgument, "the server has no database of this number", refusal)
        case (.identify, _):
            Self.error(.unsupported, "the server does not number its clients", refusal)
        }
    }

    /// What a server says that is starting, or has lost its primary, and will be well again.
    private static let passing: Set<String> = ["LOADING", "MASTERDOWN", "BUSY", "TRYAGAIN"]

    private static func error(
        _ code: StorageError.Code, _ message: String, _ refusal: RedisServerError
    ) -> StorageError {
        StorageError(
            code: code, message: "\(message): \(refusal.message)", native: native(refusal))
    }

    private static func native(_ refusal: RedisServerError) -> StorageError.NativeCode {
        .init(domain: "redis", name: refusal.prefix.isEmpty ? "ERR" : refusal.prefix)
    }
}
