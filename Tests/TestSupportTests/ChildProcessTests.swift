import Foundation
import TestSupport
import Testing

@Suite("A child process")
struct ChildProcessTests {
    @Test("is run to its end, with its exit code and what it printed")
    func run() throws {
        let (code, output) = try ChildProcess.run("sh", ["-c", "echo out; echo err >&2; exit 3"])
        #expect(code == 3)
        #expect(output == "out\nerr\n")
        #expect(try ChildProcess.run("sh", ["-c", "kill -9 $$"]).code == -SIGKILL)
    }

    @Test("that does not exist is an error, or says so")
    func missing() {
        let outcome = Result { try ChildProcess.run("no-such-program", []) }
        #expect((try? outcome.get())?.code != 0)
    }

    #if os(Linux)
    @Test("inherits no descriptor of ours, and no blocked or ignored signal")
    func cleanSlate() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let listing = try ChildProcess.run("sh", ["-c", "ls -l /proc/self/fd | grep -c pipe:"])
        #expect(listing.output == "1\n", "the shell's own pipe to grep")
        let status = try ChildProcess.run("grep", ["Sig[BI]", "/proc/self/status"]).output
        let sets = status.split(separator: "\n").compactMap { line in
            line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
        }
        // Past the first 31 are the C library's own.
        #expect(sets.map { $0 & 0x7fff_ffff } == [0, 0])
    }

    @Test("outlives the thread that asked for it")
    func threads() async throws {
        let folder = try TemporaryFolder()
        let child = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        try ChildProcess("sleep", ["600"], output: folder.file("log"))
                    })
            }
        }
        // Other threads come and go, the first one among them.
        for _ in 0..<20 {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume() }
            }
        }
        #expect(child.isRunning)
        child.kill()
        #expect(!child.isRunning)
    }

    @Test("ends with this process, even when it is killed")
    func crash() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let child = try ChildProcess("sleep", ["600"], output: path + "/log")
            try "\(child.processID)".write(toFile: path + "/id", atomically: true, encoding: .utf8)
            kill(getpid(), SIGKILL)
        }
        let processID = try #require(pid_t(folder.text(of: "id")))
        let isGone = await goes(processID)
        #expect(isGone)
    }

    /// Waits for a process that is not our child to end.
    private func goes(_ processID: pid_t) async -> Bool {
        for _ in 0..<30_000 {
            let stat = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
            guard let stat, !stat.contains(") Z ") else { return true }
            _ = poll(nil, 0, 1)
        }
        return false
    }
    #endif
}
