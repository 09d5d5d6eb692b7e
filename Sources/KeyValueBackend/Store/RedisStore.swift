public import StorageKit

/// A Redis or Valkey server as a key-value store with everything the family knows.
///
/// ```swift
/// let store = try RedisStore(url: "redis://127.0.0.1:6379")
/// try await store.set("user:1:name", to: "Ana", expires: .after(.seconds(60)))
/// let name = try await store.get("user:1:name")?.string
/// ```
///
/// Making one opens nothing; the first call does. One connection carries the calls of all tasks,
/// each pipelined behind the other, and is made anew when it is lost; waiting for a list
/// and subscriptions have connections of their own. Calls of different tasks are not ordered among
/// each other, those of one task that awaits each are.
///
/// A store is a small value: copies, ``timeout(_:)`` and namespaces share the connections, which
/// are closed with the last of them, or in order by ``close()``.
///
/// Each operation is one command and so one round trip; `docs/backends/redis.md` lists them, what
/// is repeated when a connection is lost, what survives a crash of the server, and every error.
public struct RedisStore: KeyValueStore {
    /// What all copies share.
    let core: RedisStoreCore
    /// How long a call may take; `nil` for the configured time.
    let operationTimeout: Duration?

    /// Creates a store; opens nothing.
    ///
    /// - Parameters:
    ///   - address: Which server, which of its databases, and who is calling.
    ///   - configuration: How to deal with a server that is slow, full or gone.
    public init(
        _ address: RedisAddress = .local, configuration: RedisConfiguration = RedisConfiguration()
    ) {
        self.init(core: RedisStoreCore(configuration.addressed(to: address)))
    }

    /// Creates a store; opens nothing.
    ///
    /// - Parameters:
    ///   - url: The address, see ``RedisAddress``.
    ///   - configuration: How to deal with a server that is slow, full or gone.
    /// - Throws: ``StorageKit/StorageError/Code/invalidArgument`` when the address cannot be right.
    public init(
        url: String, configuration: RedisConfiguration = RedisConfiguration()
    ) throws(StorageError) {
        self.init(try RedisAddress(url), configuration: configuration)
    }

    init(core: RedisStoreCore, operationTimeout: Duration? = nil) {
        self.core = core
        self.operationTimeout = operationTimeout
    }

    /// The same store, with another time that each call may take.
    ///
    /// - Parameter time: From the call to its answer, waiting for a connection included; then the
    ///   call throws ``StorageKit/StorageError/Code/timedOut``. Waits for lists take this time
    ///   longer than they wait.
    public func timeout(_ time: Duration) -> RedisStore {
        RedisStore(core: core, operationTimeout: time)
    }

    /// How much one call may carry: the configured limits, by default those of Redis.
    public var limits: KeyValueLimits { core.limits }

    /// Does what a command says; the methods of the protocols call it.
    ///
    /// Round trips: one.
    public func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try command.output(of: try await reply(to: command.operation))
    }

    /// The value of a key, or `nil` when there is none.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/wrongType`` when the key holds another kind of
    ///   value.
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        // The commonest call goes round the table; what it does is what the table says.
        guard key.count <= limits.maximumKeyBytes else {
            return try await perform(commands.get(key))
        }
        let command = RedisCommand([RedisWord.get, key], effect: .reads)
        switch try await send(command, operation: "get") {
        case .string(let value): return value
        case .null: return nil
        case let reply:
            let answer = try answer(to: .get(key), in: reply, of: command)
            guard case .value(let value) = answer else { return nil }
            return value
        }
    }

    /// Refuses further calls, finishes those accepted, and closes the connections.
    ///
    /// Calls of any copy throw ``StorageKit/StorageError/Code/invalidState`` from then on. Waits
    /// for lists and subscriptions end with that error. It may be called more than once.
    public func close() async {
        await core.close()
    }
}

extension RedisStore: ExpiringKeyValueStore, ConditionalWriteStore, AtomicCounterStore {}
extension RedisStore: HashStore, SortedSetStore, ListStore, SetStore {}

extension RedisStore {
    private func reply(to operation: KeyValueOperation) async throws(StorageError) -> KeyValueReply
    {
        let command: RedisCommand
        do throws(StorageError) {
            try operation.check(against: limits)
            if let reply = operation.immediateReply { return reply }
            command = try core.command(for: operation)
        } catch {
            throw error.adding(operation: operation.name, store: core.name)
        }
        let reply = try await send(command, operation: operation.name)
        return try answer(to: operation, in: reply, of: command)
    }

    /// Sends a command; its errors are those of the operation.
    func send(
        _ command: RedisCommand, operation: String
    ) async throws(StorageError) -> RedisReply {
        do throws(StorageError) {
            return try await core.node.send(command, timeout: operationTimeout)
        } catch {
            throw error.renamed(operation: operation, store: core.name)
        }
    }

    /// The answer in a reply, or the error that the server gave.
    func answer(
        to operation: KeyValueOperation, in reply: consuming RedisReply, of command: RedisCommand
    ) throws(StorageError) -> KeyValueReply {
        do throws(StorageError) {
            if case .error(let error) = reply {
                throw StorageError.redis(error, statement: command.statement)
            }
            return try RedisReplyDecoder.answer(to: operation, in: consume reply)
        } catch {
            throw error.adding(operation: operation.name, store: core.name)
        }
    }
}
