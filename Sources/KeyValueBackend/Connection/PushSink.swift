import StorageKit

/// Who is told what comes over a connection of pushed messages; always on the event thread.
protocol PushSink: AnyObject, Sendable {
    /// A link is ready: nothing of what was sent over an earlier one holds any more.
    func established()

    /// Replies and messages came.
    ///
    /// - Returns: Whether to go on reading; `false` until ``RedisConnection/resumeReading()``.
    func received(_ replies: [RedisReply]) -> Bool

    /// The link was lost, or could not be made; another attempt follows.
    func lost(_ error: StorageError)

    /// There will be no further call.
    func closed()
}
