/// Stops what a ``BlockingResource`` is doing, from any thread.
///
/// The workers promise that both methods are called only while the job they mean holds the
/// resource, one at a time, so an interruption never hits a neighbour's call.
public protocol BlockingInterrupter: Sendable {
    /// Makes the call that is running return soon with an error, and the job's later calls as well.
    ///
    /// It must not block. SQLite: a flag that SQLite asks for; PostgreSQL: `PQcancel` from a helper
    /// thread.
    func interrupt()

    /// Forgets an earlier interruption, and waits for one that is still on its way.
    ///
    /// Called on the worker's thread before each job; it may block.
    func reset()
}
