import Foundation
import TestSupport

/// Watches how much some processes have written.
struct ProgressMeter: Sendable {
    let outputs: [String]
    let processes: [ChildProcess]
    /// Whether it is in order that nothing more comes.
    let mayStall: Bool

    /// Blocks until they have written so many more bytes.
    func wait(for bytes: Int) throws {
        var (last, lastTime) = (written, ContinuousClock.now)
        let target = last + bytes
        let isThere = try Waiting.poll { () -> Bool? in
            guard processes.allSatisfy(\.isRunning) else {
                throw TestFailure("a worker ended by itself")
            }
            if written >= target { return true }
            if written > last { (last, lastTime) = (written, .now) }
            return mayStall && lastTime.duration(to: .now) > .milliseconds(300) ? true : nil
        }
        guard isThere == true else { throw TestFailure("the workers make no progress") }
    }

    private var written: Int {
        outputs.reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }
}
