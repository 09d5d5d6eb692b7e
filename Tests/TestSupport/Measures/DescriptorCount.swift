import Foundation

/// How many descriptors this process has open, for tests that look for leaks; Linux only.
package enum DescriptorCount {
    /// What the descriptors lead to, as proc(5) names it: `socket:[123]`, `pipe:[4]`, a path.
    ///
    /// Other tests open and close descriptors at the same time: count what the test can tell apart,
    /// as the paths of its files, or run it in a process of its own (`#expect(processExitsWith:)`).
    /// Even there the test library opens some at the beginning, so do the work once before you
    /// count, and count sockets rather than everything.
    package static func targets() throws -> [String] {
        let folder = "/proc/self/fd/"
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            // The descriptor that reads the folder is closed by now.
            try? FileManager.default.destinationOfSymbolicLink(atPath: folder + name)
        }
    }

    /// How many lead to something whose name begins so; all of them without a name.
    package static func current(of prefix: String = "") throws -> Int {
        try targets().count { $0.hasPrefix(prefix) }
    }
}
