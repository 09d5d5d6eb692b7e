import Foundation
import StorageKit
import StorageKitTesting
import TestSupport

/// Two processes whose tasks ask for one entity through a cache in Redis; `FlightReaders` of the
/// worker says what the lists are.
final class FlightWorld: Sendable {
    /// How many tasks each process has.
    static let taskCount = 50

    let server: RedisServerProcess
    let processes: [ChildProcess]
    private let folder: TemporaryFolder

    init(leaseTime: Duration) async throws {
        let server = try await RedisServerProcess.start()
        let folder = try TemporaryFolder()
        let lease = leaseTime.components.seconds * 1000
        processes = try (0..<2).map { number in
            try ChildProcess(
                HistoryWorker.program, ["flight", "-", server.url, "\(number)", "\(lease)"],
                output: folder.file("output.\(number)"))
        }
        self.server = server
        self.folder = folder
        try await reached { try self.list("ready").count == 2 }
        try server.command("CONFIG", "RESETSTAT")
    }

    /// Waits until the server says so.
    func reached(_ isReached: @escaping @Sendable () throws -> Bool) async throws {
        try await Waiting.onOwnThread { [folder] in
            guard try Waiting.poll({ try isReached() ? true : nil }) == nil else { return }
            let words = (0..<2).map { folder.text(of: "output.\($0)") }
            throw TestFailure("it did not come; the processes said: \(words)")
        }
    }

    func list(_ name: String) throws -> [String] {
        guard case .array(let items?) = try server.command("LRANGE", name, "0", "-1") else {
            throw TestFailure("\(name) is no list")
        }
        return items.compactMap(\.text)
    }

    /// Has the tasks of a process ask.
    func go(_ process: Int) throws { try server.command("RPUSH", "go:\(process)", "now") }

    /// Has the primary answer a process that reads it, or the next time that it does.
    func answer(_ process: Int, _ version: Int) throws {
        try server.command("RPUSH", "answer:\(process)", "\(version)")
    }

    /// What the tasks of a process were given, when they have all come back.
    func given(_ process: Int) async throws -> Set<String> {
        try await reached { try self.list("given:\(process)").count == Self.taskCount }
        return Set(try list("given:\(process)"))
    }

    /// How often the cache was asked, by lookups and by scripts.
    func askings() throws -> [Int] {
        [try server.callCount(of: "mget"), try server.callCount(of: "evalsha")]
    }

    /// Waits until every task of so many processes has looked the entity up, and the one that is
    /// to wait for the other process has looked once more with open ears.
    func allWaiting(processes: Int) async throws {
        let looks = processes * Self.taskCount + (processes - 1)
        try await reached { try self.askings()[0] >= looks }
    }

    /// Lets so much time of the server pass.
    func letPass(_ time: Duration) async throws {
        let server = server
        let seconds = Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
        try await Waiting.onOwnThread {
            _ = try server.command("BLPOP", "nobody fills this", "\(seconds)")
        }
    }
}
