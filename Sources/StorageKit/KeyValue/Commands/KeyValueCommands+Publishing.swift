extension KeyValueCommands where Store: PublishSubscribeStore {
    /// Publishes a message.
    public func publish(
        _ payload: ByteString, to channel: ByteString
    ) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.publish(payload, channel: channel), decode: ReplyDecoding.count)
    }
}
