/// What a blocking worker owns and its calls use: a connection, a client, a handle.
///
/// It is made on the worker's thread, used there and nowhere else, and released there. It need not
/// be `Sendable`, which is the point: most C handles are not.
public protocol BlockingResource: SendableMetatype {
    /// What stops the resource's calls from another thread.
    associatedtype Interrupter: BlockingInterrupter

    /// The interrupter of this resource; the same one for its whole life.
    var interrupter: Interrupter { get }
}
