extension StorageError {
    /// A subscription did not come into force in time.
    ///
    /// - Parameter cause: Why the last connection was lost; `nil` when there is one, and the server
    ///   has not answered.
    package static func subscriptionTimedOut(cause: StorageError?) -> StorageError {
        StorageError(
            code: cause == nil ? .timedOut : .unavailable,
            message: cause.map { "there was no connection to the server in time: \($0.message)" }
                ?? "the server did not confirm the subscription in time",
            native: cause?.native, underlying: cause)
    }
}
