import StorageKit

/// What a connection has that belongs to the event thread.
// @unchecked Sendable: a connection hands it to nobody and touches it only in what runs on its
// event thread, so that no two threads ever see it at once.
final class ConnectionDriver: @unchecked Sendable {
    /// How far the link is.
    enum Phase {
        case none
        case attempting(LinkAttempt)
        /// Connected; so many replies to the greeting have come.
        case greeting(answered: Int)
        case ready
    }

    /// The thread and the key there, once the connection was opened; the thread outlives its
    /// handlers.
    var registration: (thread: EventThread, key: Int)?
    var phase = Phase.none
    /// The channel, as ``RedisConnection/Output`` has it.
    var channel: (any ByteChannel)?
    var reader: ReplyReader?
    var backOff: BackOff
    var generator = SystemRandomNumberGenerator()
    /// When the pause is over, or the attempt has had its time.
    var linkTimer = Moment.never
    /// The number of the link on the server, where the greeting asks for it.
    var identity: Int64?
    /// When something last came, or the link became ready.
    var lastSign = Moment.never
    /// Whether the present link has carried a reply.
    var hasProvenItself = false
    /// Whether the sink has enough for now.
    var isReadingPaused = false

    /// Kept between reads for their memory.
    var replies: [RedisReply] = []
    var resumptions: [Resumption<RedisConnection.Waiter>] = []

    init(backOff: BackOff) { self.backOff = backOff }

    /// Lets go of the replies, and keeps their memory unless it is much.
    func forgetReplies() { replies.removeAll(keepingCapacity: replies.capacity < 4096) }
}
