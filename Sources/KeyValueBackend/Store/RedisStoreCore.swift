internal import StorageKit

/// What the copies of a ``RedisStore`` share: the connections to one server.
final class RedisStoreCore: Sendable {
    let configuration: RedisConfiguration
    let node: RedisNode
    let subscriptions: SubscriptionHub

    init(_ configuration: RedisConfiguration) {
        self.configuration = configuration
        let node = RedisNode(configuration)
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
