/// Commands and answers, one after the other, over a plain socket.
///
/// It shares no code with the backend, so that one can be used to judge the other. Strings are
/// text: it is for the commands a test looks at the server with.
package final class RedisConversation: Sendable {
    private let socket: PlainSocket

    package init(over socket: PlainSocket) { self.socket = socket }

    /// Sends a command and waits for its answer.
    package func command(_ arguments: [String]) throws -> RedisAnswer {
        try socket.write(Self.encode(arguments))
        return try answer()
    }

    /// The bytes of a command.
    package static func encode(_ arguments: [String]) -> String {
        arguments.reduce("*\(arguments.count)\r\n") { $0 + "$\($1.utf8.count)\r\n\($1)\r\n" }
    }

    private func answer() throws -> RedisAnswer {
        let line = try line()
        let rest = String(line.dropFirst())
        switch line.first {
        case "+": return .status(rest)
        case "-": return .error(rest)
        case ":": return .integer(try number(rest))
        case "$": return .string(try string(try number(rest)))
        case "*": return .array(try array(try number(rest)))
        default: throw TestFailure("not an answer of RESP2: \(line)")
        }
    }

    private func string(_ count: Int) throws -> String? {
        guard count >= 0 else { return nil }
        return String(decoding: try socket.read(count + 2).dropLast(2), as: UTF8.self)
    }

    private func array(_ count: Int) throws -> [RedisAnswer]? {
        guard count >= 0 else { return nil }
        return try (0..<count).map { _ in try answer() }
    }

    private func number(_ text: String) throws -> Int {
        guard let number = Int(text) else { throw TestFailure("not a number: \(text)") }
        return number
    }

    private func line() throws -> String {
        var bytes: [UInt8] = []
        while !bytes.suffix(2).elementsEqual("\r\n".utf8) { bytes += try socket.read(1) }
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }
}
