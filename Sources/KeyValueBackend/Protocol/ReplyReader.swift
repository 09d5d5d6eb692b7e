internal import CHiredis
import StorageKit

/// Replies out of a stream of bytes, by hiredis's reader.
///
/// Bytes go in as they come, replies come out when they are whole. hiredis cuts the stream into
/// values; a ``ReplyBuilder`` makes ours of them, through the functions in the module's `shim.h`,
/// and no `redisReply` is ever made. After bytes that are no reply the reader is of no more use.
///
/// It belongs to one thread at a time: the event thread that reads the connection.
final class ReplyReader {
    /// From this size on hiredis frees its buffer when it is empty.
    ///
    /// The default is smaller than one turn's bytes, which would be a `malloc` for each.
    private static let keptBufferBytes = 256 << 10

    /// hiredis moves its buffer's rest to the front after each reply that ends 1 KB after the last
    /// move, so it must not hold much more than it can parse: the bytes go in by pieces.
    private static let pieceBytes = 16 << 10

    /// No line of Redis's is this long: a status, an error, a number, the length of what follows.
    ///
    /// hiredis waits for the end of a line however long it gets, looks for it from the line's
    /// beginning each time, and keeps all of it.
    private static let longestLineBytes = 1 << 20

    /// How many arrays may stand within one another: hiredis 0.14 has room for no more.
    static let maximumDepth = min(ReplyBuilder.maximumDepth, Int(storagekit_reader_depth()))

    /// How much memory one reply may take.
    private let maximumReplyBytes: Int
    private let reader: UnsafeMutablePointer<redisReader>
    private let sink: UnsafeMutablePointer<storagekit_reply_sink>
    private let builder: UnsafeMutablePointer<ReplyBuilder>

    init(maximumReplyBytes: Int = .max) throws(StorageError) {
        self.maximumReplyBytes = maximumReplyBytes
        builder = .allocate(capacity: 1)
        builder.initialize(to: ReplyBuilder())
        sink = .allocate(capacity: 1)
        sink.initialize(to: Self.sink(to: builder))
        guard let reader = storagekit_reader_create(sink) else {
            sink.deallocate()
            builder.deinitialize(count: 1)
            builder.deallocate()
            throw StorageError(
                code: .resourceExhausted, message: "there is no memory for a reader of replies")
        }
        reader.pointee.maxbuf = Self.keptBufferBytes
        self.reader = reader
    }

    deinit {
        redisReaderFree(reader)
        sink.deallocate()
        builder.deinitialize(count: 1)
        builder.deallocate()
    }

    /// Takes bytes in and hands out the replies that they complete, in order.
    ///
    /// - Throws: ``StorageError/Code/corrupted`` when the bytes are no reply of Redis's,
    ///   ``StorageError/Code/limitExceeded`` when they are too large a one; the replies before them
    ///   have been handed out.
    func feed(
        _ bytes: UnsafeRawBufferPointer, to body: (RedisReply) -> Void
    ) throws(StorageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceBytes))
            rest = rest.dropFirst(piece.count)
            let start = piece.assumingMemoryBound(to: CChar.self).baseAddress
            guard redisReaderFeed(reader, start, piece.count) == REDIS_OK else { throw failure }
            try parse(body)
            if isInEndlessLine { throw Self.endlessLine }
            if isTooLarge { throw tooLarge }
        }
    }

    /// What is not parsed yet begins with a line: of a string that has not wholly come that of its
    /// length, else one that has no end yet.
    private var isInEndlessLine: Bool {
        let count = reader.pointee.len - reader.pointee.pos
        guard count > Self.longestLineBytes, let buffer = reader.pointee.buf else { return false }
        let rest = UnsafeRawBufferPointer(start: buffer + reader.pointee.pos, count: count)
        return !rest.prefix(Self.longestLineBytes).contains(UInt8(ascii: "\n"))
    }

    /// What has come of a reply so far, parsed or not.
    private var isTooLarge: Bool {
        reader.pointee.len - reader.pointee.pos + builder.pointee.byteCount > maximumReplyBytes
    }

    private var tooLarge: StorageError {
        StorageError(
            code: .limitExceeded,
            message: "the server's answer takes more than \(maximumReplyBytes) bytes; ask for less "
                + "at once, or see maximumReplyBytes")
    }

    private static var endlessLine: StorageError {
        corrupted("a line came that has no end; is it the right port?")
    }

    private static func corrupted(_ message: String) -> StorageError {
        StorageError(code: .corrupted, message: message + " The connection is closed")
    }

    private func parse(_ body: (RedisReply) -> Void) throws(StorageError) {
        while true {
            var object: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &object) == REDIS_OK else { throw failure }
            guard object != nil, let reply = builder.pointee.take() else { return }
            body(reply)
        }
    }

    private var failure: StorageError {
        switch sink.pointee.refusal {
        case STORAGEKIT_REFUSED_KIND:
            Self.corrupted("a reply of RESP3 came, which was not asked for; is there a proxy?")
        case STORAGEKIT_REFUSED_DEPTH:
            Self.corrupted("a reply came that is nested deeper than \(Self.maximumDepth) levels.")
        default: readerFailure
        }
    }

    /// What hiredis says.
    private var readerFailure: StorageError {
        let text = withUnsafeBytes(of: reader.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let isWantOfMemory = reader.pointee.err == REDIS_ERR_OOM
        return StorageError(
            code: isWantOfMemory ? .resourceExhausted : .corrupted,
            message: isWantOfMemory
                ? "there is no memory for a reply"
                : "what came is no reply of Redis's; is it the right port? The connection ends",
            native: .init(domain: "hiredis", name: text, number: Int(reader.pointee.err)))
    }

    // MARK: The way from C

    private static func sink(
        to builder: UnsafeMutablePointer<ReplyBuilder>
    ) -> storagekit_reply_sink {
        storagekit_reply_sink(
            owner: builder,
            string: { owner, type, bytes, count in
                ReplyReader.builder(owner)?.pointee.add(
                    ReplyReader.reply(type, bytes, count), bytes: count)
            },
            array: { owner, count in
                ReplyReader.builder(owner)?.pointee.beginArray(count) ?? false
            },
            integer: { owner, value in ReplyReader.builder(owner)?.pointee.add(.integer(value)) },
            null: { owner in ReplyReader.builder(owner)?.pointee.add(.null) },
            refusal: STORAGEKIT_REFUSED_NOTHING)
    }

    private static func builder(
        _ owner: UnsafeMutableRawPointer?
    ) -> UnsafeMutablePointer<ReplyBuilder>? {
        owner?.assumingMemoryBound(to: ReplyBuilder.self)
    }

    private static func reply(
        _ type: Int32, _ bytes: UnsafePointer<CChar>?, _ count: Int
    ) -> RedisReply {
        let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
        switch type {
        case REDIS_REPLY_ERROR: return .error(RedisServerError(ByteString(Array(bytes))))
        case REDIS_REPLY_STATUS:
            return bytes.elementsEqual(ok.bytes) ? .status(ok) : .status(ByteString(Array(bytes)))
        default: return .string(ByteString(Array(bytes)))
        }
    }

    /// The commonest status, which need not be allocated again and again.
    private static let ok: ByteString = "OK"
}
