import Foundation
import TestSupport

/// A process that reads and writes through the cache, in one of its lives.
struct HistoryWorker {
    let child: ChildProcess
    /// Its own relay to Redis, so that it can be cut off alone.
    let proxy: TCPProxy
    /// The name of the file that takes what it says.
    let output: String

    /// Beside the test's own executable.
    static let program: String = {
        let test = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let own = URL(fileURLWithPath: test ?? CommandLine.arguments[0])
        return own.deletingLastPathComponent().appendingPathComponent("CacheHistoryWorker").path
    }()
}
