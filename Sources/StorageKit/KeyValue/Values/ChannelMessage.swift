/// A message and the channel it was published on.
public struct ChannelMessage: Hashable, Sendable {
    /// The channel.
    public var channel: ByteString
    /// What was published.
    public var payload: ByteString

    /// Creates a message.
    public init(channel: ByteString, payload: ByteString) {
        self.channel = channel
        self.payload = payload
    }
}
