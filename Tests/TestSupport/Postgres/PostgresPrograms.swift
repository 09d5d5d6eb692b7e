import Foundation

/// The programs of PostgreSQL's server, which Debian keeps off the PATH, and who runs them.
enum PostgresPrograms {
    /// The newest version's folder; empty when they are on the PATH.
    private static let folder: String = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap(Int.init).max()
        return newest.map { "\(root)/\($0)/bin/" } ?? ""
    }()

    private static let root = "/usr/lib/postgresql"

    static func path(of program: String) -> String { folder + program }

    /// What tells `setpriv` to be the user that the server runs as.
    static var userOptions: [String] {
        geteuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : []
    }

    /// Lets the server's user at a folder and at all that is in it.
    static func giveToServer(_ folder: String) throws {
        guard geteuid() == 0 else { return }
        try check("chown", ChildProcess.run("chown", ["-R", "postgres:", folder]))
    }

    /// Runs a program as that user.
    static func run(_ program: String, _ arguments: [String]) throws {
        try check(
            program,
            // From / because the user may not enter the folder the tests are run in.
            ChildProcess.run(
                "setpriv", userOptions + ["env", "--chdir=/", path(of: program)] + arguments))
    }

    private static func check(_ program: String, _ outcome: (code: Int32, output: String)) throws {
        guard outcome.code == 0 else {
            throw TestFailure("\(program) ended with \(outcome.code):\n\(outcome.output)")
        }
    }
}
