internal import StorageKit

extension RedisErrorMapping {
    /// Every row; tested one by one.
    static let table: [Row] = data + arguments + access + condition + cluster + scripts + sessions

    /// What the keys hold.
    private static let data: [Row] = [
        Row(
            prefix: "WRONGTYPE", code: .wrongType,
            message: "the key holds another kind of value than the operation is for"),
        Row(
            prefix: "ERR", wording: "value is not an integer or out of range",
            code: .decodingFailed, message: "the value is not an integer of 64 bits"),
        Row(
            prefix: "ERR", wording: "hash value is not an integer", code: .decodingFailed,
            message: "the field is not an integer of 64 bits"),
        Row(
            prefix: "ERR", wording: "hash value is not a float", code: .decodingFailed,
            message: "the field is not a number"),
        Row(
            prefix: "ERR", wording: "hash value is not a valid float", code: .decodingFailed,
            message: "the field is not a number"),
        Row(
            prefix: "ERR", wording: "value is not a valid float", code: .decodingFailed,
            message: "the value is not a number"),
        Row(
            prefix: "ERR", wording: "increment or decrement would overflow", code: .outOfRange,
            message: "the sum does not fit into 64 bits; the counter is as it was"),
        Row(
            prefix: "ERR", wording: "would produce NaN or Infinity", code: .outOfRange,
            message: "the sum is not a finite number; the counter is as it was"),
        Row(
            prefix: "ERR", wording: "value is NaN or Infinity", code: .outOfRange,
            message: "the number is not finite"),
        Row(
            prefix: "ERR", wording: "resulting score is not a number", code: .outOfRange,
            message: "the sum of opposite infinities is no score; the member is as it was"),
        Row(
            prefix: "ERR", wording: "no such key", code: .notFound,
            message: "there is no such key"),
        Row(
            prefix: "BUSYKEY", code: .alreadyExists, message: "the key exists already"),
        Row(
            prefix: "BUSYGROUP", code: .alreadyExists,
            message: "the group of consumers exists already"),
    ]

    /// What the command says.
    private static let arguments: [Row] = [
        Row(
            prefix: "ERR", wording: "invalid expire time", code: .invalidArgument,
            message: "the server does not take this time to live"),
        Row(
            prefix: "ERR", wording: "invalid cursor", code: .invalidArgument,
            message: "this is not a cursor of this server"),
        Row(
            prefix: "ERR", wording: "min or max is not a float", code: .invalidArgument,
            message: "a bound of the range is not a number"),
        Row(
            prefix: "ERR", wording: "index out of range", code: .invalidArgument,
            message: "there is no such index"),
        Row(
            prefix: "ERR", wording: "value is out of range", code: .invalidArgument,
            message: "a number of the command is out of its range"),
        Row(
            prefix: "ERR", wording: "timeout is", code: .invalidArgument,
            message: "the server does not take this time to wait"),
        Row(
            prefix: "ERR", wording: "DB index is out of range", code: .invalidArgument,
            message: "the server has no database of this number; see its setting databases"),
        Row(
            prefix: "ERR", wording: "string exceeds maximum allowed size", code: .limitExceeded,
            message: "the value is longer than the server allows; see proto-max-bulk-len"),
        Row(
            prefix: "ERR", wording: "wrong number of arguments", code: .invalidStatement,
            message: "the command has too few or too many arguments"),
        Row(
            prefix: "ERR", wording: "unknown command", code: .unsupported,
            message: "the server does not know the command; it is older than 6.2, or the command "
                + "was renamed or disabled"),
        Row(
            prefix: "ERR", wording: "nknown subcommand", code: .unsupported,
            message: "the server does not know this form of the command"),
        Row(
            prefix: "ERR", wording: "syntax error", code: .invalidStatement,
            message: "the server does not understand the command, or not in its version"),
    ]

    /// Who is calling, and what they may do.
    private static let access: [Row] = [
        Row(
            prefix: "NOAUTH", code: .unauthenticated,
            message: "the server wants a password; put it into the address"),
        Row(
            prefix: "WRONGPASS", code: .unauthenticated,
            message: "the user or the password is wrong, or the user is disabled"),
        Row(
            prefix: "ERR", wording: "AUTH <password> called without any password",
            code: .unauthenticated,
            message: "the default user has no password here; leave it out of the address"),
        Row(
            prefix: "ERR", wording: "Client sent AUTH, but no password is set",
            code: .unauthenticated,
            message: "the server has no password; leave it out of the address"),
        Row(
            prefix: "NOPERM", code: .permissionDenied,
            message: "the user may not run this command, or not with these keys or channels; see "
                + "ACL SETUSER"),
        Row(
            prefix: "DENIED", code: .permissionDenied,
            message: "the server is in protected mode and takes only callers of its own machine; "
                + "give it a password or bind it"),
        Row(
            prefix: "READONLY", code: .permissionDenied,
            message: "the server is a replica and cannot be written; use the primary's address, or "
                + "try again when it has become one",
            isRetryable: true),
        Row(
            prefix: "ERR", wording: "command not allowed", code: .permissionDenied,
            message: "the server's configuration forbids the command"),
    ]

    /// How the server is.
    private static let condition: [Row] = [
        Row(
            prefix: "LOADING", code: .unavailable,
            message: "the server is still reading its data set; try again"),
        Row(
            prefix: "MASTERDOWN", code: .unavailable,
            message: "the replica has lost its primary and does not answer with old data; try "
                + "again"),
        Row(
            prefix: "NOREPLICAS", code: .unavailable,
            message: "too few replicas are connected for the server to take writes; see "
                + "min-replicas-to-write"),
        Row(
            prefix: "BUSY", code: .busy,
            message: "the server is running a script that takes too long; try again, or end it "
                + "with SCRIPT KILL"),
        Row(
            prefix: "OOM", code: .resourceExhausted,
            message: "the server has reached maxmemory and its policy does not let it evict"),
        Row(
            prefix: "MISCONF", code: .resourceExhausted,
            message: "the server cannot write its snapshot or log and therefore takes no writes; "
                + "look at its disk and its log"),
        Row(
            prefix: "ERR", wording: "max number of clients", code: .resourceExhausted,
            message: "the server has as many connections as it allows; see maxclients"),
        Row(
            prefix: "UNBLOCKED", code: .unavailable,
            message: "the server ended the wait, as when it becomes a replica",
            isRetryable: true),
        Row(
            prefix: "IOERR", code: .unavailable,
            message: "the server could not reach another one"),
    ]

    /// Servers that share the keys; this package does not route yet.
    private static let cluster: [Row] = [
        Row(
            prefix: "MOVED", code: .unsupported,
            message: "the key belongs to another server of a cluster, and this store speaks with "
                + "one alone"),
        Row(
            prefix: "ASK", code: .unsupported,
            message: "the key is moving to another server of a cluster, and this store speaks with "
                + "one alone"),
        Row(
            prefix: "CROSSSLOT", code: .unsupported,
            message: "the keys belong to different parts of a cluster; give them one hash tag"),
        Row(
            prefix: "TRYAGAIN", code: .busy,
            message: "the keys are moving between servers of a cluster; try again"),
        Row(
            prefix: "CLUSTERDOWN", code: .unavailable,
            message: "the cluster does not serve this key at the moment; try again"),
        Row(
            prefix: "ERR", wording: "cluster support disabled", code: .unsupported,
            message: "the server is not one of a cluster"),
    ]

    private static let scripts: [Row] = [
        Row(
            prefix: "NOSCRIPT", code: .notFound,
            message: "the server does not know the script; send its text"),
        Row(
            prefix: "NOTBUSY", code: .invalidState, message: "no script is running"),
        Row(
            prefix: "UNKILLABLE", code: .busy,
            message: "the script has written already and cannot be ended; wait for it"),
        Row(
            prefix: "ERR", wording: "Error compiling script", code: .invalidStatement,
            message: "the script does not compile; Lua's words are in the underlying error"),
        Row(
            prefix: "ERR", wording: "Write commands are not allowed from read-only",
            code: .permissionDenied, message: "a read-only script tried to write"),
        Row(
            prefix: "ERR", wording: "Unknown Redis command called from script",
            code: .invalidStatement, message: "the script called a command that does not exist"),
    ]

    /// What a connection may do, and when.
    private static let sessions: [Row] = [
        Row(
            prefix: "EXECABORT", code: .invalidStatement,
            message: "the batch was refused and nothing of it was done"),
        Row(
            prefix: "NOPROTO", code: .unsupported,
            message: "the server does not speak this version of the protocol"),
        Row(
            prefix: "ERR", wording: "without MULTI", code: .invalidState,
            message: "there is no batch to end"),
        Row(
            prefix: "ERR", wording: "inside MULTI", code: .invalidState,
            message: "the command is not for a batch"),
        Row(
            prefix: "ERR", wording: "MULTI calls can not be nested", code: .invalidState,
            message: "the connection is in a batch already"),
        Row(
            prefix: "ERR", wording: "only (P|S)SUBSCRIBE", code: .invalidState,
            message: "the connection is subscribed and takes no other commands"),
        Row(
            prefix: "ERR", wording: "Protocol error", code: .internalError,
            message: "the server did not understand the bytes; please report it"),
    ]
}
