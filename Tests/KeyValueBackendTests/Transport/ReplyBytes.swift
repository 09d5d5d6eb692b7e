import StorageKit
import StorageKitTesting

@testable import KeyValueBackend

/// Replies as a server writes them, made independently of the reader.
enum ReplyBytes {
    static func encode(_ reply: RedisReply) -> [UInt8] {
        switch reply {
        case .null: Array("$-1\r\n".utf8)
        case .status(let text): line("+", text.bytes)
        case .error(let error): line("-", Array(error.message.utf8))
        case .integer(let number): line(":", Array("\(number)".utf8))
        case .string(let bytes): line("$", Array("\(bytes.count)".utf8)) + bytes.bytes + [13, 10]
        case .array(let elements):
            elements.reduce(line("*", Array("\(elements.count)".utf8))) { $0 + encode($1) }
        }
    }

    static func random(
        depth: Int = 5, using generator: inout SeededGenerator
    ) -> RedisReply {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: .null
        case 1: .status(text(using: &generator))
        case 2: .error(RedisServerError("ERR " + text(using: &generator)))
        case 3: .integer(Int64.random(in: .min ... .max, using: &generator))
        case 4: .integer([0, -1, .min, .max].randomElement(using: &generator) ?? 0)
        case 5: .string(bytes(using: &generator))
        default:
            .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                    random(depth: depth - 1, using: &generator)
                })
        }
    }

    /// Cuts bytes into pieces of random sizes.
    static func pieces(
        of bytes: [UInt8], using generator: inout SeededGenerator
    ) -> [ArraySlice<UInt8>] {
        var rest = bytes[...]
        var pieces: [ArraySlice<UInt8>] = []
        while !rest.isEmpty {
            let longest = Bool.random(using: &generator) ? 3 : rest.count
            let count = Int.random(in: 1...longest, using: &generator)
            pieces.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private static func line(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
        Array(kind.utf8) + bytes + [13, 10]
    }

    private static func text(using generator: inout SeededGenerator) -> ByteString {
        ByteString(
            (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
                UInt8.random(in: 32...126, using: &generator)
            })
    }

    private static func bytes(using generator: inout SeededGenerator) -> ByteString {
        let count = [0, 1, 30, 5000].randomElement(using: &generator) ?? 0
        return ByteString((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}

extension ReplyReader {
    /// The replies that these bytes complete.
    func replies(of bytes: some Collection<UInt8>) throws(StorageError) -> [RedisReply] {
        var replies: [RedisReply] = []
        try Array(bytes).withUnsafeBufferPointer { buffer throws(StorageError) in
            try feed(UnsafeRawBufferPointer(buffer)) { replies.append($0) }
        }
        return replies
    }
}
