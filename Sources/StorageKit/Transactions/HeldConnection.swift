internal import Synchronization

/// The mark of a task that holds a connection of a store, so that using the store itself inside the
/// body is an error and not a deadlock.
///
/// A call of the store would wait for a connection while its own task holds the one that everybody
/// waits for, or would miss what the body has written. The mark is a task-local value: child tasks
/// have it, and so have tasks that the body starts and does not wait for; those only until the body
/// is over.
package final class HeldConnection: Sendable {
    @TaskLocal private static var held: HeldConnection?

    private let store: ObjectIdentifier
    private let outer: HeldConnection?
    private let isOver = Atomic<Bool>(false)

    private init(of store: AnyObject, inside outer: HeldConnection?) {
        self.store = ObjectIdentifier(store)
        self.outer = outer
    }

    /// Runs the body, marked as one that holds a connection of the store.
    package static func marking<Value: Sendable>(
        _ store: AnyObject, _ body: () async throws -> Value
    ) async throws -> Value {
        let mark = HeldConnection(of: store, inside: held)
        defer { mark.isOver.store(true, ordering: .relaxed) }
        return try await $held.withValue(mark, operation: body)
    }

    /// Throws when the current task holds a connection of the store.
    package static func check(_ store: AnyObject) throws(StorageError) {
        var mark = held
        while let current = mark {
            if current.store == ObjectIdentifier(store), !current.isOver.load(ordering: .relaxed) {
                throw StorageError(
                    code: .invalidState,
                    message: "the store was used inside a transaction of its own, where it would "
                        + "wait for itself; use the connection that the body was given")
            }
            mark = current.outer
        }
    }
}
