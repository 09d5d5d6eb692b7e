import TestSupport

/// A process that reads and writes through the cache, in one of its lives.
struct HistoryWorker {
    let child: ChildProcess
    /// Its own relay to Redis, so that it can be cut off alone.
    let proxy: TCPProxy
    /// The name of the file that takes what it says.
    let output: String
}
