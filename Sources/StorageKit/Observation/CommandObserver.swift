/// Who is told of a store's commands and of its servers: for logs, metrics and traces.
///
/// It is called on the threads that talk to the database, between a command's answer and its
/// caller: it must be quick and must not wait. Without an observer nothing is noted at all.
///
/// Those threads know nothing of the tasks whose calls they carry out. What an observer needs of
/// the task, a trace's context for example, it takes in ``callerContext()`` and is given back.
public protocol CommandObserver: Sendable {
    /// What events of the running task's calls are to be told with.
    ///
    /// Called in the task that makes a call, before the call is queued.
    func callerContext() -> (any Sendable)?

    /// Hears of a command.
    ///
    /// - Parameter caller: What ``callerContext()`` gave in the task whose call it was; `nil` for a
    ///   command that is nobody's, such as the end of a session.
    func observe(_ event: CommandEvent, for caller: (any Sendable)?)

    /// Hears of a server.
    func observe(_ change: ServerChange)
}

extension CommandObserver {
    /// Takes nothing of the task.
    public func callerContext() -> (any Sendable)? { nil }

    /// Ignores the change.
    public func observe(_ change: ServerChange) {}
}
