import Foundation

/// A folder that is gone when nobody holds it, or else when the process exits.
///
/// It is in /tmp whatever TMPDIR says, because a socket's path may have 107 bytes at most. A
/// process that is killed cannot remove it; the next `scripts/test` does, which finds folders of
/// this name whose owner has ended.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let cleanUp: ExitCleanUp.Token

    package init() throws {
        var template = Array("/tmp/storagekit.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestFailure.system("mkdtemp") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.path = path
        cleanUp = ExitCleanUp.add { try? FileManager.default.removeItem(atPath: path) }
        try write(Self.owner, to: "owner")
    }

    deinit { ExitCleanUp.run(cleanUp) }

    /// The path of something in the folder.
    package func file(_ name: String) -> String { path + "/" + name }

    package func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    }

    package func text(of name: String) -> String {
        let data = FileManager.default.contents(atPath: file(name)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// This process and when it started, field 22 of proc(5); the scripts compare both.
    private static let owner: String = {
        let stat = (try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)) ?? ""
        // The name may hold blanks and brackets; what follows its closing bracket does not.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        return "\(getpid()) \(fields.count > 19 ? fields[19] : "unknown")\n"
    }()
}
