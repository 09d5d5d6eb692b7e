/// A store whose lists can be waited for: queues between processes.
///
/// A wait ends with a value, when its time is over, or when its task is cancelled. Nothing is lost:
/// a value that was taken in the moment of the cancellation is returned all the same.
///
/// A wait that meets a key of another kind when it begins throws
/// ``StorageError/Code/wrongType``; one that is under way goes on, and takes what is pushed once
/// the key is a list.
///
/// Who waits longest for a list is served first. A wait that a pipeline or batch would contain does
/// not exist: these are methods and not commands.
public protocol BlockingListStore: ListStore {
    /// Removes and returns a value from the first of these lists that has one, waiting for it.
    ///
    /// One round trip and the wait.
    ///
    /// - Parameters:
    ///   - keys: The lists, in order of preference; at least one, or it throws
    ///     ``StorageError/Code/invalidArgument``.
    ///   - end: Which end to take from.
    ///   - time: How long to wait at the most, more than zero; rounded up to milliseconds.
    /// - Returns: The value and its list, or `nil` when the time is over.
    func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement?

    /// Moves a value from one list to another in one step, waiting for it, and returns it.
    ///
    /// One round trip and the wait.
    ///
    /// - Parameter time: How long to wait at the most, more than zero; rounded up to milliseconds.
    /// - Returns: The value, or `nil` when the time is over.
    func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString?
}

// The ends of `listPop` and `listMove` where nobody waits.
extension BlockingListStore {
    /// Removes and returns the first value of the first of these lists that has one, waiting for
    /// it.
    ///
    /// One round trip and the wait.
    public func listPop(
        fromFirstOf keys: [ByteString], waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        try await listPop(fromFirstOf: keys, .first, waitingUpTo: time)
    }

    /// Moves the first value of a list behind the last of another in one step, waiting for it, and
    /// returns it.
    ///
    /// One round trip and the wait.
    public func listMove(
        from source: ByteString, to target: ByteString, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        try await listMove(from: source, .first, to: target, .last, waitingUpTo: time)
    }
}
