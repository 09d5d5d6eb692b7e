internal import StorageKit

/// What the copies of a ``RedisStore`` share: the connections to one server.
final class RedisStoreCore: Sendable {
    let configuration: RedisConfiguration
    let node: RedisNode
    let subscriptions: SubscriptionHub

    init(_ configuration: RedisConfiguration) {
        self.configuration = configuration
        let loop =
            configuration.sharesEventThread
            ? SharedEventLoops.loop(spinTime: configuration.spinTime) : nil
        let node = RedisNode(configuration, on: loop)
        self.node = node
        subscriptions = SubscriptionHub(
            store: configuration.endpoint.description,
            bufferLimit: configuration.subscriptionBufferLimit
        ) { NodePushLink(node.openPushConnection()) }
    }

    var limits: KeyValueLimits { configuration.limits }

    /// The server in errors.
    var name: String { configuration.endpoint.description }

    /// The command for an operation, to be repeated as far as the configuration allows.
    func command(for operation: KeyValueOperation) throws(StorageError) -> RedisCommand {
        RedisCommand(
            try RedisCommandEncoder.arguments(of: operation), effect: effect(of: operation))
    }

    /// The effect of a batch that is sent in one piece.
    func effect(ofBatch operations: [KeyValueOperation]) -> RedisCommand.Effect {
        let effects = operations.map(effect(of:))
        if effects.allSatisfy({ $0 == .reads }) { return .reads }
        guard !effects.contains(.changes), KeyValueOperation.mayBeRepeated(operations) else {
            return .changes
        }
        return .changesIdempotently
    }

    func close() async {
        await subscriptions.close()
        await node.close()
    }

    private func effect(of operation: KeyValueOperation) -> RedisCommand.Effect {
        let effect = operation.redisEffect
        guard configuration.repeats == .reads, effect == .changesIdempotently else { return effect }
        return .changes
    }
}

extension RedisStoreCore: CustomReflectable {
    /// Nothing but the server's name, so that `dump` of a store withholds the password.
    var customMirror: Mirror { Mirror(self, children: ["server": name]) }
}
