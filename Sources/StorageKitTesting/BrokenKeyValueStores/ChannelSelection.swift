public import StorageKit

/// Which channels a subscription is for.
public enum ChannelSelection: Hashable, Sendable {
    /// Those with these names.
    case names([ByteString])
    /// Those whose names begin so.
    case prefix(ByteString)

    /// Subscribes on the model.
    public func subscription(
        on model: ModelKeyValueStore
    ) async throws(StorageError) -> ModelSubscription {
        switch self {
        case .names(let names): try await model.subscribe(to: names)
        case .prefix(let prefix): try await model.subscribe(toChannelsWithPrefix: prefix)
        }
    }
}
