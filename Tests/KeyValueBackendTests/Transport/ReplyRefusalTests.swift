import StorageKit
import Testing

@testable import KeyValueBackend

/// What one version of hiredis reads and another does not is refused with all of them.
@Suite("Replies that are refused")
struct ReplyRefusalTests {
    /// Of each kind one, and the forms that hiredis reports by another function than the rest.
    private static let laterKinds = [
        "_\r\n", "#t\r\n", "#f\r\n", ",1.5\r\n", ",inf\r\n", "(12345678901234567890123\r\n",
        "=7\r\ntxt:abc\r\n", "=-1\r\n", "%1\r\n+a\r\n:1\r\n", "%0\r\n", "%-1\r\n",
        "~2\r\n:1\r\n:2\r\n", "~0\r\n", "|1\r\n+a\r\n:1\r\n:5\r\n", "|0\r\n:5\r\n",
        ">2\r\n+message\r\n:1\r\n", ">0\r\n",
    ]

    @Test("what RESP3 has more than RESP2 ends the stream", arguments: laterKinds)
    func laterProtocol(text: String) throws {
        for before in ["", "*2\r\n:1\r\n", "*1\r\n*1\r\n"] {
            let reader = try ReplyReader()
            #expect(try reader.replies(of: "+OK\r\n\(before)".utf8) == [.status("OK")])
            for bytes in [text, ":1\r\n"] {
                let error = #expect(throws: StorageError.self) {
                    try reader.replies(of: bytes.utf8)
                }
                #expect(error?.code == .corrupted, "\(bytes) after \(before)")
            }
        }
    }

    @Test("arrays are read as deep as is said, and one more ends the stream")
    func depth() throws {
        let deepest = ReplyReader.maximumDepth
        let expected = (0..<deepest).reduce(RedisReply.integer(5)) { reply, _ in .array([reply]) }
        let reader = try ReplyReader()
        #expect(try reader.replies(of: nested(deepest).utf8) == [expected])
        for bytes in [nested(deepest + 1), ":1\r\n"] {
            let error = #expect(throws: StorageError.self) { try reader.replies(of: bytes.utf8) }
            #expect(error?.code == .corrupted)
        }
    }

    private func nested(_ count: Int) -> String {
        String(repeating: "*1\r\n", count: count) + ":5\r\n"
    }
}
