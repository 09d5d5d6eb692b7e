public import StorageKit

/// What a Redis server answers to one command.
///
/// These are the kinds of version 2 of the protocol (RESP2). A later version of the protocol may
/// bring further ones: where you switch over a reply, have a default branch.
public enum RedisReply: Sendable, Hashable {
    /// Nothing: an absent key, a timeout of a blocking command, an aborted transaction.
    case null
    /// A short word of the server's, such as `OK`, `QUEUED` or a type's name.
    case status(ByteString)
    /// Bytes, up to 512 MB.
    case string(ByteString)
    /// A signed 64-bit number.
    case integer(Int64)
    /// Replies in a row, nested as deep as hiredis reads: 7 levels, with its version 1 more.
    case array([RedisReply])
    /// The server refused the command, or this element of a transaction.
    case error(RedisServerError)
}
