/// Several observers, who are told one after the other.
public struct CommandObservers: CommandObserver {
    /// What each of them took of the task.
    private struct Contexts: Sendable {
        let each: [(any Sendable)?]
    }

    private let observers: [any CommandObserver]

    /// Creates an observer for others.
    public init(_ observers: [any CommandObserver]) { self.observers = observers }

    /// What each of them takes of the task.
    public func callerContext() -> (any Sendable)? {
        Contexts(each: observers.map { $0.callerContext() })
    }

    /// Tells each of a command.
    public func observe(_ event: CommandEvent, for caller: (any Sendable)?) {
        let contexts = caller as? Contexts
        for (place, observer) in observers.enumerated() {
            observer.observe(event, for: contexts?.each[place])
        }
    }

    /// Tells each of a server.
    public func observe(_ change: ServerChange) {
        for observer in observers { observer.observe(change) }
    }
}
