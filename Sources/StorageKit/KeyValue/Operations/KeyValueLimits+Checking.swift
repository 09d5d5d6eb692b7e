// What is no operation because it waits: stores check it with these before they begin.
extension KeyValueLimits {
    /// Refuses a wait for lists that can never be right.
    ///
    /// - Parameters:
    ///   - keys: The lists waited for, and the one moved to.
    ///   - time: How long to wait; zero and less is refused, as is more than
    ///     ``maximumTimeToLive``.
    ///   - operation: The method's name, for the error.
    /// - Throws: ``StorageError/Code/limitExceeded`` and ``StorageError/Code/invalidArgument``.
    public func checkWait(
        for keys: [ByteString], upTo time: Duration, operation: String
    ) throws(StorageError) {
        try checkNames(keys, operation: operation)
        guard time > .zero else {
            throw StorageError(
                code: .invalidArgument,
                message: "a wait must be longer than zero; not to wait use the call without one",
                operation: operation)
        }
        guard time <= maximumTimeToLive else {
            throw StorageError(
                code: .limitExceeded,
                message: "a wait of \(time), and the store waits at most \(maximumTimeToLive)",
                operation: operation)
        }
    }

    /// Refuses a subscription that can never be right.
    ///
    /// - Parameter channels: The channels, or the one prefix.
    /// - Throws: ``StorageError/Code/limitExceeded`` and ``StorageError/Code/invalidArgument``.
    public func checkSubscription(to channels: [ByteString]) throws(StorageError) {
        try checkNames(channels, operation: "subscribe")
    }

    private func checkNames(_ names: [ByteString], operation: String) throws(StorageError) {
        guard !names.isEmpty else {
            throw StorageError(
                code: .invalidArgument, message: "give at least one name", operation: operation)
        }
        guard names.count <= maximumElementsPerCall else {
            throw exceeded("the call has \(names.count) names", maximumElementsPerCall, operation)
        }
        for name in names where name.count > maximumKeyBytes {
            throw exceeded("a name has \(name.count) bytes", maximumKeyBytes, operation)
        }
    }

    private func exceeded(_ what: String, _ limit: Int, _ operation: String) -> StorageError {
        StorageError(
            code: .limitExceeded, message: "\(what), and the store takes \(limit)",
            operation: operation)
    }
}
