extension KeyValueCommands where Store: AtomicCounterStore {
    /// Adds to an integer; a negative amount subtracts.
    public func increment(
        _ key: ByteString, by amount: Int64 = 1
    ) -> KeyValueCommand<Store, Int64> {
        KeyValueCommand(.increment(key, by: amount), decode: ReplyDecoding.integer)
    }

    /// Adds to a number; a negative amount subtracts.
    public func incrementFloat(
        _ key: ByteString, by amount: Double
    ) -> KeyValueCommand<Store, Double> {
        KeyValueCommand(.incrementFloat(key, by: amount), decode: ReplyDecoding.number)
    }
}
