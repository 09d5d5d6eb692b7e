package import Foundation
import Synchronization

/// A program that runs until it is told to end, or until this process ends, however it does.
///
/// * On Linux the kernel kills it with this process, crash and SIGKILL included: `setpriv` asks for
///   that before it becomes the program, and the process id stays the same.
/// * It inherits no descriptor but its output. A server that held a copy of a test's socket would
///   keep the connection open after the test has closed it.
/// * It has no signal blocked or ignored.
/// * Its id is used only until it has been reaped, so a signal never reaches somebody else's
///   process.
package final class ChildProcess: Sendable {
    package let processID: pid_t
    /// How it ended, as waitpid(2) says it; `nil` while it has not been reaped.
    private let status = Mutex<Int32?>(nil)

    /// Starts a program that is found on the PATH.
    ///
    /// - Parameter output: The file that takes standard output and error, made anew.
    package init(_ program: String, _ arguments: [String], output: String) throws {
        let command = Self.lifetime + [program] + arguments
        let started = SpawningThread.run { Result { try Spawn.start(command, output: output) } }
        guard let started else { throw TestFailure("\(program) was not started") }
        processID = try started.get()
    }

    deinit { kill() }

    /// Whether it has not ended yet.
    ///
    /// A stopped process counts as running.
    package var isRunning: Bool {
        status.withLock { status in
            reap(&status, WNOHANG)
            return status == nil
        }
    }

    /// Sends a signal, unless it has ended.
    package func send(_ signal: Int32) {
        status.withLock { status in
            reap(&status, WNOHANG)
            if status == nil { _ = Foundation.kill(processID, signal) }
        }
    }

    /// Kills it and returns when it has ended and been reaped.
    package func kill() {
        status.withLock { status in
            guard status == nil else { return }
            _ = Foundation.kill(processID, SIGKILL)
            reap(&status, 0)
        }
    }

    /// Stops it in its tracks and returns when it has stopped.
    package func stop() {
        status.withLock { status in
            reap(&status, WNOHANG)
            guard status == nil else { return }
            _ = Foundation.kill(processID, SIGSTOP)
            reap(&status, WUNTRACED)
        }
    }

    /// Waits for its end and returns its exit code, or minus the signal that ended it.
    package func waitForExit() throws -> Int32 {
        guard Waiting.poll({ isRunning ? nil : () }) != nil else {
            kill()
            throw TestFailure("process \(processID) did not end within \(Waiting.limit)")
        }
        return exitCode
    }

    private var exitCode: Int32 {
        let status = status.withLock { $0 } ?? 0
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : -signal
    }

    private func reap(_ status: inout Int32?, _ options: Int32) {
        guard status == nil else { return }
        var code: Int32 = 0
        var answer: pid_t
        repeat { answer = waitpid(processID, &code, options) } while answer < 0 && errno == EINTR
        // The low byte of a process that has stopped and not ended is 0x7f.
        if answer == processID, code & 0xff != 0x7f { status = code }
    }

    #if os(Linux)
    /// The wish comes too late when this process has ended before `setpriv` has uttered it: then
    /// the shell has another parent already, and does not become the program.
    private static let lifetime = [
        "setpriv", "--pdeathsig", "KILL", "sh", "-c", "test $PPID = $0 && exec \"$@\"",
        "\(getpid())",
    ]
    #else
    private static let lifetime: [String] = []
    #endif
}

extension ChildProcess {
    /// Runs a program to its end and returns its exit code and what it printed.
    package static func run(
        _ program: String, _ arguments: [String]
    ) throws -> (code: Int32, output: String) {
        let folder = try TemporaryFolder()
        let child = try ChildProcess(program, arguments, output: folder.file("output"))
        return (try child.waitForExit(), folder.text(of: "output"))
    }
}
