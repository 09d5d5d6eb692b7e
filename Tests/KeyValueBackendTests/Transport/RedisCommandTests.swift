import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("Formatting commands")
struct RedisCommandTests {
    @Test("arguments are any bytes, the empty ones included")
    func bytes() {
        let command = RedisCommand("SET", [0, 13, 10, 255], "")
        let expected: [UInt8] =
            Array("*3\r\n$3\r\nSET\r\n$4\r\n".utf8) + [0, 13, 10, 255, 13, 10]
            + Array("$0\r\n\r\n".utf8)
        #expect(command.wire.copy == expected)
    }

    @Test("any number of arguments", arguments: [1, 9, 10, 99, 100, 1000])
    func manyArguments(count: Int) {
        let arguments = (0..<count).map { ByteString("argument \($0)") }
        let expected = arguments.reduce("*\(count)\r\n") {
            $0 + "$\($1.count)\r\n\($1.string ?? "")\r\n"
        }
        #expect(RedisCommand(arguments).wire.copy == Array(expected.utf8))
    }

    @Test(
        "arguments of any length, where its number of digits changes above all",
        arguments: [0, 1, 9, 10, 99, 100, 999, 1000, 65_535, 1_000_000])
    func lengths(length: Int) {
        let argument = ByteString(bytes: repeatElement(UInt8(ascii: "x"), count: length))
        let expected = "*2\r\n$4\r\nECHO\r\n$\(length)\r\n\(argument.string ?? "")\r\n"
        #expect(RedisCommand("ECHO", argument).wire.copy == Array(expected.utf8))
    }

    @Test("commands of a batch follow one another")
    func batch() {
        let commands = [RedisCommand("MULTI"), RedisCommand("INCR", "a"), RedisCommand("EXEC")]
        let batch = WireCommand(commands)
        #expect(batch.copy == commands.flatMap { $0.wire.copy })
        #expect(batch.commandCount == 3)
        #expect(batch.firstCommandByteCount == commands[0].wire.byteCount)
    }

    @Test("its name is known without its arguments")
    func names() {
        #expect(RedisCommand("hset", "key", "field", "secret").name == "HSET")
        #expect(WireCommand([RedisCommand("MULTI"), RedisCommand("EXEC")]).name == "MULTI")
    }

    @Test("nothing at all cannot be sent")
    func nothing() {
        #expect(RedisCommand([]).wire.isTooLarge)
        #expect(WireCommand([RedisCommand("PING"), RedisCommand([])]).isTooLarge)
    }

    @Test("what it does when repeated")
    func effects() {
        #expect(RedisCommand("GET", "a", effect: .reads).isIdempotent)
        #expect(RedisCommand("SET", "a", "b", effect: .changesIdempotently).isIdempotent)
        #expect(!RedisCommand("INCR", "a").isIdempotent)
    }
}

extension WireCommand {
    fileprivate var copy: [UInt8] { withBytes { Array($0) } }
}
