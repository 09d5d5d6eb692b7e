import Foundation

/// How much memory this process has, for tests that look for leaks; Linux only.
package enum MemoryMeter {
    /// The bytes of memory that are resident: `VmRSS` of proc(5).
    ///
    /// The allocator keeps what it was given back, and other tests run at the same time: measure
    /// after a warm-up, repeat the work often, and compare with a generous bound.
    package static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let match = status.firstMatch(of: /VmRSS:\s+(\d+) kB/), let count = Int(match.1)
        else { throw TestFailure("/proc/self/status has no VmRSS") }
        return count << 10
    }
}
