/// Something that an ``EventLoop`` calls, always on its thread.
package protocol EventHandler: AnyObject, Sendable {
    /// Its descriptor became readable or writable, or broke.
    func ready(readable: Bool, writable: Bool)

    /// Somebody called ``EventLoop/signal(_:)``.
    func signalled()

    /// The time it asked for with ``EventLoop/wake(_:at:)`` has come.
    func timeReached(_ now: Moment)
}
