public import StorageKit

extension RedisStore {
    /// Asks the server whether it answers.
    ///
    /// One round trip.
    public func ping() async throws(StorageError) {
        let command = RedisCommand([RedisWord.ping], effect: .reads)
        let reply = try await send(command, operation: "ping")
        guard case .error(let error) = reply else { return }
        throw refused(error, command, operation: "ping")
    }

    /// Which server it is.
    ///
    /// One round trip.
    public func serverVersion() async throws(StorageError) -> RedisServerVersion {
        let command = RedisCommand([RedisWord.info, "server"], effect: .reads)
        switch try await send(command, operation: "serverVersion") {
        case .error(let error): throw refused(error, command, operation: "serverVersion")
        case .string(let text):
            if let version = RedisServerVersion(info: text.string ?? "") { return version }
            fallthrough
        default:
            throw StorageError(
                code: .corrupted, message: "the server's INFO names no version; is it Redis?",
                operation: "serverVersion", store: core.name)
        }
    }

    /// Sends a command as it is: outside the contract of the protocols.
    ///
    /// One round trip. It is never sent twice. Nothing checks limits or translates keys: a
    /// namespace's prefix is yours to add.
    ///
    /// - Parameter arguments: The command's name and its arguments.
    /// - Returns: The server's reply. An error within an array stays in it.
    /// - Throws: ``StorageKit/StorageError/Code/unsupported`` for a command that would change or
    ///   block the connection that all tasks share; the message names what to use instead. The
    ///   server's refusal, its words in ``StorageKit/StorageError/underlying``.
    @discardableResult
    public func rawCommand(_ arguments: ByteString...) async throws(StorageError) -> RedisReply {
        try await rawCommand(arguments)
    }

    /// Sends a command as it is, see ``rawCommand(_:)-(ByteString...)``.
    @discardableResult
    public func rawCommand(_ arguments: [ByteString]) async throws(StorageError) -> RedisReply {
        do throws(StorageError) {
            try RawCommandRules.check(arguments)
        } catch {
            throw error.adding(operation: "rawCommand", store: core.name)
        }
        let command = RedisCommand(arguments, effect: .changes)
        let reply = try await send(command, operation: "rawCommand")
        guard case .error(let error) = reply else { return reply }
        throw refused(error, command, operation: "rawCommand")
    }

    private func refused(
        _ error: RedisServerError, _ command: RedisCommand, operation: String
    ) -> StorageError {
        let isScript = RawCommandRules.isScript(command.name)
        return StorageError.redis(
            error, statement: command.statement,
            mayHaveBeenApplied: isScript && error.mayComeFromWithinScript
        ).adding(operation: operation, store: core.name)
    }
}
