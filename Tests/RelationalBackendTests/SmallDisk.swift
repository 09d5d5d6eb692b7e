import Foundation
import TestSupport
import Testing

/// A disk of two megabytes that is gone when the test is over: a file system in memory, which only
/// root can mount.
final class SmallDisk: Sendable {
    static let remedy: Comment =
        "DATA ABSENT: a small disk of its own, which only root on Linux can mount"

    /// Whether this process may mount one.
    static let isPossible = (try? SmallDisk()) != nil

    private static let capacity = 2 << 20

    private let folder: RelationalBackendTests.TemporaryFolder
    var path: String { folder.path }

    init() throws {
        folder = try RelationalBackendTests.TemporaryFolder()
        try Self.run("mount", ["-t", "tmpfs", "-o", "size=\(Self.capacity)", "tmpfs", folder.path])
    }

    deinit { try? Self.run("umount", ["-l", folder.path]) }

    /// Leaves no more than two pages free.
    func fill() throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        try Data(count: max(free - 8192, 0)).write(to: filler)
    }

    /// Frees what ``fill()`` took.
    func empty() throws { try FileManager.default.removeItem(at: filler) }

    /// Refuses every write from now on.
    func makeReadOnly() throws { try Self.run("mount", ["-o", "remount,ro", path]) }

    private var filler: URL { URL(fileURLWithPath: path + "/filler") }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let (code, output) = try ChildProcess.run(program, arguments)
        guard code == 0 else { throw TestFailure("\(program) failed: \(output)") }
    }
}
