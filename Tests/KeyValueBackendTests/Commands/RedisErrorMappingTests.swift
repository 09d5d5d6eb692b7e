import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("Redis's refusals as codes of StorageError")
struct RedisErrorMappingTests {
    /// What Redis 7.0.15 says, taken down from it where it could be provoked, from its source
    /// where not; in the order of the table.
    static let expected: [(String, StorageError.Code, isRetryable: Bool)] = [
        ("WRONGTYPE Operation against a key holding the wrong kind of value", .wrongType, false),
        ("ERR value is not an integer or out of range", .decodingFailed, false),
        ("ERR hash value is not an integer", .decodingFailed, false),
        ("ERR hash value is not a float", .decodingFailed, false),
        ("ERR hash value is not a valid float", .decodingFailed, false),
        ("ERR value is not a valid float", .decodingFailed, false),
        ("ERR increment or decrement would overflow", .outOfRange, false),
        ("ERR increment would produce NaN or Infinity", .outOfRange, false),
        ("ERR value is NaN or Infinity", .outOfRange, false),
        ("ERR resulting score is not a number (NaN)", .outOfRange, false),
        ("ERR no such key", .notFound, false),
        ("BUSYKEY Target key name already exists.", .alreadyExists, false),
        ("BUSYGROUP Consumer Group name already exists", .alreadyExists, false),

        ("ERR invalid expire time in 'set' command", .invalidArgument, false),
        ("ERR invalid cursor", .invalidArgument, false),
        ("ERR min or max is not a float", .invalidArgument, false),
        ("ERR index out of range", .invalidArgument, false),
        ("ERR value is out of range, must be positive", .invalidArgument, false),
        ("ERR timeout is not a float or out of range", .invalidArgument, false),
        ("ERR DB index is out of range", .invalidArgument, false),
        (
            "ERR string exceeds maximum allowed size (proto-max-bulk-len)", .limitExceeded, false
        ),
        ("ERR wrong number of arguments for 'get' command", .invalidStatement, false),
        ("ERR unknown command 'foo', with args beginning with: 'bar' ", .unsupported, false),
        ("ERR unknown subcommand 'foo'. Try CONFIG HELP.", .unsupported, false),
        ("ERR syntax error", .invalidStatement, false),

        ("NOAUTH Authentication required.", .unauthenticated, false),
        (
            "WRONGPASS invalid username-password pair or user is disabled.", .unauthenticated,
            false
        ),
        (
            "ERR AUTH <password> called without any password configured for the default user. "
                + "Are you sure your configuration is correct?", .unauthenticated, false
        ),
        ("ERR Client sent AUTH, but no password is set", .unauthenticated, false),
        (
            "NOPERM this user has no permissions to run the 'set' command", .permissionDenied,
            false
        ),
        (
            "DENIED Redis is running in protected mode because protected mode is enabled",
            .permissionDenied, false
        ),
        ("READONLY You can't write against a read only replica.", .permissionDenied, true),
        (
            "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\"",
            .permissionDenied, false
        ),

        ("LOADING Redis is loading the dataset in memory", .unavailable, true),
        (
            "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
            .unavailable, true
        ),
        ("NOREPLICAS Not enough good replicas to write.", .unavailable, true),
        (
            "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN "
                + "NOSAVE.", .busy, true
        ),
        (
            "OOM command not allowed when used memory > 'maxmemory'.", .resourceExhausted, true
        ),
        (
            "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to "
                + "persist to disk.", .resourceExhausted, true
        ),
        ("ERR max number of clients reached", .resourceExhausted, true),
        (
            "UNBLOCKED force unblock from blocking operation, instance state changed (master -> "
                + "replica?)", .unavailable, true
        ),
        ("IOERR error or timeout reading to target instance", .unavailable, true),

        ("MOVED 3999 127.0.0.1:6381", .unsupported, false),
        ("ASK 3999 127.0.0.1:6381", .unsupported, false),
        ("CROSSSLOT Keys in request don't hash to the same slot", .unsupported, false),
        ("TRYAGAIN Multiple keys request during rehashing of slot", .busy, true),
        ("CLUSTERDOWN The cluster is down", .unavailable, true),
        ("ERR This instance has cluster support disabled", .unsupported, false),

        ("NOSCRIPT No matching script. Please use EVAL.", .notFound, false),
        ("NOTBUSY No scripts in execution right now.", .invalidState, false),
        (
            "UNKILLABLE Sorry the script already executed write commands against the dataset.",
            .busy, true
        ),
        (
            "ERR Error compiling script (new function): user_script:1: '=' expected near '<eof>'",
            .invalidStatement, false
        ),
        (
            "ERR Write commands are not allowed from read-only scripts. script: 5b4a, on "
                + "@user_script:1.", .permissionDenied, false
        ),
        (
            "ERR Unknown Redis command called from script script: 354f, on @user_script:1.",
            .invalidStatement, false
        ),

        (
            "EXECABORT Transaction discarded because of previous errors.", .invalidStatement, false
        ),
        ("NOPROTO unsupported protocol version", .unsupported, false),
        ("ERR EXEC without MULTI", .invalidState, false),
        ("ERR WATCH inside MULTI is not allowed", .invalidState, false),
        ("ERR MULTI calls can not be nested", .invalidState, false),
        (
            "ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / "
                + "RESET are allowed in this context", .invalidState, false
        ),
        ("ERR Protocol error: invalid bulk length", .internalError, false),
    ]

    @Test("every row has its code, and says whether to try again", arguments: expected)
    func row(line: String, code: StorageError.Code, isRetryable: Bool) {
        let error = StorageError.redis(RedisServerError(ByteString(line)), statement: "GET")
        #expect(error.code == code)
        #expect(error.isRetryable == isRetryable)
        #expect(!error.mayHaveBeenApplied)
        #expect(error.native?.domain == "redis")
        #expect(error.native?.name == line.split(separator: " ").first.map(String.init))
    }

    @Test("the test meets every row of the table, in its order")
    func complete() {
        let rows = Self.expected.map {
            RedisErrorMapping.row(for: RedisServerError(ByteString($0.0)))
        }
        #expect(rows.map(\.message) == RedisErrorMapping.table.map(\.message))
    }

    @Test("what a server quotes is in the underlying error and not in the description")
    func withheld() {
        for line in [
            "ERR unknown command 'foo', with args beginning with: 'secret' ", "MINE secret",
            "ERR something new about 'secret'", "secret",
        ] {
            let error = StorageError.redis(RedisServerError(ByteString(line)), statement: "FOO")
            #expect(!error.description.contains("secret"), "\(error)")
            #expect((error.underlying as? RedisServerError)?.message == line)
        }
    }

    @Test("a refusal that is not in the table is an invalid statement with its own prefix")
    func unknown() {
        let error = StorageError.redis(RedisServerError("MINE secret"), statement: "FOO")
        #expect(error.code == .invalidStatement)
        #expect(error.native?.name == "MINE")
    }
}
