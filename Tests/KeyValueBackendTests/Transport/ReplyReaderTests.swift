import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

@Suite("Reading replies")
struct ReplyReaderTests {
    @Test("every kind of reply, byte by byte")
    func kinds() throws {
        let replies: [RedisReply] = [
            .null, .status("OK"), .status("QUEUED"), .status(""), .integer(-7), .integer(.min),
            .string(""), .string([0, 13, 10, 255, 0]), .array([]),
            .error(RedisServerError("WRONGTYPE Operation against a key")),
            .array([.null, .array([.array([.integer(1)]), .array([])]), .string("a")]),
        ]
        let reader = try ReplyReader()
        for reply in replies {
            let bytes = ReplyBytes.encode(reply)
            for byte in bytes.dropLast() { #expect(try reader.replies(of: [byte]).isEmpty) }
            #expect(try reader.replies(of: bytes.suffix(1)) == [reply])
        }
    }

    @Test("an absent array is null")
    func absentArray() throws {
        let replies = try ReplyReader().replies(of: "*-1\r\n*1\r\n*-1\r\n".utf8)
        #expect(replies == [.null, .array([.null])])
    }

    @Test("random replies, cut at random places, come out as they went in")
    func random() throws {
        var generator = SeededGenerator(seed: transportSeed)
        let reader = try ReplyReader()
        for _ in 0..<300 {
            let replies = (0..<8).map { _ in ReplyBytes.random(using: &generator) }
            let pieces = ReplyBytes.pieces(
                of: replies.flatMap(ReplyBytes.encode), using: &generator)
            let read = try pieces.flatMap { try reader.replies(of: $0) }
            #expect(read == replies)
        }
    }

    @Test("seven nested arrays are read")
    func nesting() throws {
        let bytes = Array(repeating: "*1\r\n", count: 7).joined() + ":5\r\n"
        let expected = (0..<7).reduce(RedisReply.integer(5)) { reply, _ in .array([reply]) }
        #expect(try ReplyReader().replies(of: bytes.utf8) == [expected])
    }

    @Test("deeper than hiredis reads is a damaged stream, and what was built is let go")
    func tooDeep() throws {
        let reader = try ReplyReader()
        let bytes = String(repeating: "*1\r\n", count: 5000)
        let error = #expect(throws: StorageError.self) { try reader.replies(of: bytes.utf8) }
        #expect(error?.code == .corrupted)
    }

    @Test("an endless array or string takes no more memory than a reply may")
    func endless() throws {
        for (begin, rest) in [("*2147483647\r\n", ":1\r\n"), ("$2147483647\r\n", "abcd")] {
            let reader = try ReplyReader(maximumReplyBytes: 1 << 20)
            _ = try reader.replies(of: begin.utf8)
            let piece = Array(String(repeating: rest, count: 1024).utf8)
            var count = 0
            let error = #expect(throws: StorageError.self) {
                while count < 10_000 {
                    _ = try reader.replies(of: piece)
                    count += 1
                }
            }
            #expect(error?.code == .limitExceeded, "\(begin)")
            #expect(count <= 1 << 20 / piece.count)
        }
    }

    @Test("what a reply may take is counted for each anew")
    func many() throws {
        let reader = try ReplyReader(maximumReplyBytes: 4096)
        let reply = ReplyBytes.encode(
            .array([.string(ByteString(Array(repeating: 7, count: 999)))]))
        for _ in 0..<100 { #expect(try reader.replies(of: reply + reply).count == 2) }
    }

    @Test("an announced length takes no memory before its bytes come")
    func announcements() throws {
        #expect(try ReplyReader().replies(of: "*2147483647\r\n:1\r\n".utf8).isEmpty)
        #expect(try ReplyReader().replies(of: "$536870912\r\nabc".utf8).isEmpty)
    }

    @Test("a value of 20 MB comes through in pieces")
    func large() throws {
        let value = ByteString((0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let bytes = ReplyBytes.encode(.string(value))
        let reader = try ReplyReader()
        let read = try stride(from: 0, to: bytes.count, by: 65_536).flatMap {
            try reader.replies(of: bytes[$0..<min($0 + 65_536, bytes.count)])
        }
        #expect(read == [.string(value)])
    }

    @Test(
        "what is no reply is a damaged stream, for good",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n", "$abc\r\n", "$-2\r\n", ":12a\r\n", "*-2\r\n",
            ":99999999999999999999\r\n", "*2\r\n:1\r\nx",
        ])
    func malformed(text: String) throws {
        let reader = try ReplyReader()
        for bytes in [text, ":1\r\n"] {
            let error = #expect(throws: StorageError.self) { try reader.replies(of: bytes.utf8) }
            #expect(error?.code == .corrupted)
            #expect(error?.native?.domain == "hiredis")
        }
    }

    @Test("replies before damaged bytes are handed out")
    func beforeDamage() throws {
        var replies: [RedisReply] = []
        let reader = try ReplyReader()
        let bytes = Array(":1\r\n+OK\r\n?".utf8)
        let error = #expect(throws: StorageError.self) {
            try bytes.withUnsafeBytes { buffer in try reader.feed(buffer) { replies.append($0) } }
        }
        #expect(error?.code == .corrupted)
        #expect(replies == [.integer(1), .status("OK")])
    }

    @Test("random damage gives replies or an error, and never a crash")
    func fuzz() throws {
        var generator = SeededGenerator(seed: transportSeed)
        var errors = 0
        for _ in 0..<2000 {
            var bytes = (0..<3).flatMap { _ in
                ReplyBytes.encode(ReplyBytes.random(using: &generator))
            }
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let marks: [UInt8] = Array("*$:+-\r\n0123456789".utf8)
                bytes[place] = marks.randomElement(using: &generator) ?? 0
            }
            let reader = try ReplyReader()
            do throws(StorageError) {
                for piece in ReplyBytes.pieces(of: bytes, using: &generator) {
                    _ = try reader.replies(of: piece)
                }
            } catch {
                errors += 1
                #expect(error.code == .corrupted)
            }
        }
        #expect(errors > 100)
    }

    @Test("an error's prefix is its first word in capitals")
    func prefixes() {
        #expect(RedisServerError("WRONGTYPE Operation").prefix == "WRONGTYPE")
        #expect(RedisServerError("MOVED 3999 127.0.0.1:6381").prefix == "MOVED")
        #expect(RedisServerError("something else").prefix.isEmpty)
        #expect(RedisServerError("ERR x").message == "ERR x")
    }
}
