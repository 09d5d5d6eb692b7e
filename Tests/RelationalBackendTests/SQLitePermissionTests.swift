import Foundation
import RelationalBackend
import StorageKit
import TestSupport
import Testing

/// What a user meets who owns neither the file nor its folder.
///
/// A process of its own becomes that user: whoever runs the tests may be the superuser.
@Suite("A SQLite file of another user", .nothingLeftOpen)
struct SQLitePermissionTests {
    /// What the visitor says of a file with one row, with these permissions of file and folder.
    private func visit(file: Int, folder permissions: Int) async throws -> [String] {
        let folder = try TestSupport.TemporaryFolder()
        let place = folder.file("place")
        let path = place + "/test.db"
        let files = FileManager.default
        try files.createDirectory(atPath: place, withIntermediateDirectories: false)
        try await SQLiteOpeningTests.makeFile(path)
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file(""))
        try files.setAttributes([.posixPermissions: file], ofItemAtPath: path)
        try files.setAttributes([.posixPermissions: permissions], ofItemAtPath: place)
        defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place) }
        let (code, output) = try await Waiting.onOwnThread {
            try ChildProcess.run(SQLiteCrashTests.writer, [path, "visit"])
        }
        #expect(code == 0, "\(output)")
        return output.split(separator: "\n").map(String.init)
    }

    @Test("what may only be read can be read, and refuses writes for good")
    func readOnlyFile() async throws {
        let lines = try await visit(file: 0o444, folder: 0o777)
        #expect(lines.first == "read 1")
        expectRefusal("write", "permissionDenied", lines)
    }

    @Test("a folder in which no log can be made is no place to read from either, and it says so")
    func readOnlyFolder() async throws {
        let lines = try await visit(file: 0o444, folder: 0o555)
        expectRefusal("read", "permissionDenied", lines)
        expectRefusal("write", "permissionDenied", lines)
    }

    @Test("what may not even be read is refused for good")
    func unreadable() async throws {
        let lines = try await visit(file: 0o000, folder: 0o777)
        expectRefusal("read", "unavailable", lines)
        expectRefusal("write", "unavailable", lines)
    }

    private func expectRefusal(
        _ call: String, _ code: String, _ lines: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let line = lines.first { $0.hasPrefix(call) } ?? "nothing was said"
        #expect(
            line.hasPrefix("\(call) \(code) retryable:false"), "\(line)",
            sourceLocation: sourceLocation)
        #expect(line.contains("permissions") || line.contains("this user"), "\(line)")
    }
}
