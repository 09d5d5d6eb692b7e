internal import CHiredis
import StorageKit

/// The bytes of one command, or of several in a row, as they go to the server.
///
/// hiredis formats: `redisFormatCommandArgv` writes the number of arguments and each argument with
/// its length, so that any bytes are safe in it. This object owns the buffer that it allocated.
// @unchecked Sendable: the memory is written in `init` and immutable from then on, so that any
// number of threads may read it; it is freed with the last reference.
final class WireCommand: @unchecked Sendable {
    private enum Owner {
        case hiredis(UnsafeMutablePointer<CChar>)
        case ours(UnsafeMutableRawPointer)
        case nobody
    }

    private let bytes: UnsafeRawBufferPointer
    /// How many replies answer it.
    let commandCount: Int
    /// How many bytes must have reached the server before any of it can have been executed.
    let firstCommandByteCount: Int
    private let owner: Owner

    /// Formats one command.
    ///
    /// A command of 2 GB or more, which hiredis 0.14 cannot format and no server takes, has no
    /// bytes: ``isTooLarge``.
    init(_ arguments: [ByteString]) {
        commandCount = 1
        guard let (text, count) = Self.format(arguments) else {
            (bytes, firstCommandByteCount, owner) = (.init(start: nil, count: 0), 0, .nobody)
            return
        }
        bytes = UnsafeRawBufferPointer(start: text, count: count)
        firstCommandByteCount = count
        owner = .hiredis(text)
    }

    /// Puts commands behind one another, so that nothing comes between them.
    init(_ commands: [RedisCommand]) {
        let isComplete = commands.allSatisfy { !$0.wire.isTooLarge }
        let count = isComplete ? commands.reduce(0) { $0 + $1.wire.byteCount } : 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        var position = 0
        for command in commands where isComplete {
            command.wire.withBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[position...]).copyMemory(from: bytes)
            }
            position += command.wire.byteCount
        }
        bytes = UnsafeRawBufferPointer(buffer)
        commandCount = commands.count
        firstCommandByteCount = commands.first?.wire.byteCount ?? 0
        owner = buffer.baseAddress.map(Owner.ours) ?? .nobody
    }

    deinit {
        switch owner {
        case .hiredis(let text): redisFreeCommand(text)
        case .ours(let pointer): pointer.deallocate()
        case .nobody: break
        }
    }

    /// How many bytes it has.
    var byteCount: Int { bytes.count }

    /// Calls the body with the bytes, which are there as long as it runs.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }

    /// Whether it could not be formatted.
    var isTooLarge: Bool { bytes.isEmpty }

    /// The first command's name, read back from the bytes: `*2\r\n$3\r\nGET\r\n…`.
    var name: String {
        let fields = bytes.prefix(64).split(separator: UInt8(ascii: "\n"), maxSplits: 3)
        guard fields.count > 2 else { return "command" }
        return String(decoding: fields[2].dropLast(), as: UTF8.self).uppercased()
    }

    private static func format(
        _ arguments: [ByteString]
    ) -> (text: UnsafeMutablePointer<CChar>, count: Int)? {
        let total = arguments.reduce(0) { $0 + $1.count + 32 }
        guard !arguments.isEmpty, total < Int32.max else { return nil }
        return WireArguments.withPointers(to: arguments) { pointers, lengths in
            var text: UnsafeMutablePointer<CChar>?
            // Int32 in 0.14, Int64 since 1.0; -1 is want of memory.
            let count = Int(
                redisFormatCommandArgv(
                    &text, Int32(arguments.count), pointers.baseAddress, lengths.baseAddress))
            guard count > 0, let text else { return nil }
            return (text, count)
        }
    }
}
