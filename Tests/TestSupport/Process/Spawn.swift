import Foundation

/// posix_spawn(3) with a clean slate: no descriptors, no blocked signals, output to a file.
///
/// Foundation's `Process` passes on what is open without `FD_CLOEXEC`, as sockets of C libraries
/// are, and on Linux its children have SIGTERM blocked.
enum Spawn {
    #if canImport(Darwin)
    typealias Actions = posix_spawn_file_actions_t?
    typealias Attributes = posix_spawnattr_t?
    #else
    typealias Actions = posix_spawn_file_actions_t
    typealias Attributes = posix_spawnattr_t
    #endif

    static func start(_ command: [String], output: String) throws -> pid_t {
        var actions = makeActions(output: output)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = makeAttributes()
        defer { posix_spawnattr_destroy(&attributes) }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var processID: pid_t = 0
        let code = withCStrings(command) { arguments in
            withCStrings(environment) { environment in
                posix_spawnp(
                    &processID, command[0], &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw TestFailure.system("starting \(command[0])", code) }
        return processID
    }

    private static func makeActions(output: String) -> Actions {
        var actions = Actions()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        #if !canImport(Darwin)
        for number in 3..<descriptorsEnd {
            posix_spawn_file_actions_addclose(&actions, number)
        }
        #endif
        return actions
    }

    /// Past every descriptor that is open, and those that other threads open meanwhile.
    ///
    /// To close one that is not open is no error here.
    ///
    /// glibc has `posix_spawn_file_actions_addclosefrom_np`, but shows it to Swift only where
    /// _GNU_SOURCE was defined when its module was built.
    private static var descriptorsEnd: Int32 {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return (names?.compactMap { Int32($0) }.max() ?? 0) + 256
    }

    private static func makeAttributes() -> Attributes {
        var attributes = Attributes()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        #if canImport(Darwin)
        flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return attributes
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
