public import StorageKit

/// What a Redis server answers to one command.
///
/// These are the kinds of version 2 of the protocol (RESP2), the only one that this client asks
/// for: a server that sends those of version 3 all the same is not understood. A later version of
/// this package may bring further kinds: where you switch over a reply, have a default branch.
public enum RedisReply: Sendable, Hashable {
    /// Nothing: an absent key, a timeout of a blocking command, an aborted transaction.
    case null
    /// A short word of the server's, such as `OK`, `QUEUED` or a type's name.
    case status(ByteString)
    /// Bytes, up to 512 MB.
    case string(ByteString)
    /// A signed 64-bit number.
    case integer(Int64)
    /// Replies in a row, nested up to 8 levels with hiredis 0.14, and 128 with later versions.
    case array([RedisReply])
    /// The server refused the command, or this element of a transaction.
    case error(RedisServerError)
}
