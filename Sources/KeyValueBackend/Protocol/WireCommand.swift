import StorageKit

/// The bytes of one command, or of several in a row, as they go to the server.
///
/// They are written once, by a ``WireWriter``, on the thread of whoever sends them: what waits, is
/// sent and perhaps sent again are the same bytes.
final class WireCommand: Sendable {
    /// No server takes a command of more: its limit for all that a client may have sent and not
    /// been answered is 1 GB.
    private static let maximumByteCount = Int(Int32.max)

    private let bytes: [UInt8]
    /// How many replies answer it.
    let commandCount: Int
    /// How many bytes must have reached the server before any of it can have been executed.
    let firstCommandByteCount: Int

    /// Writes one command.
    convenience init(_ command: RedisCommand) { self.init(CollectionOfOne(command)) }

    /// Writes commands behind one another, so that nothing comes between them.
    ///
    /// A command of no words, or more than any server takes, has no bytes: ``isTooLarge``.
    init(_ commands: some Collection<RedisCommand>) {
        commandCount = commands.count
        var (total, isComplete) = (0, true)
        for command in commands {
            isComplete = isComplete && !command.words.isEmpty
            total += WireWriter.byteCount(of: command.words)
        }
        guard isComplete, total < Self.maximumByteCount else {
            (bytes, firstCommandByteCount) = ([], 0)
            return
        }
        bytes = Array(unsafeUninitializedCapacity: total) { buffer, count in
            var writer = WireWriter(UnsafeMutableRawBufferPointer(buffer))
            for command in commands { writer.append(command.words) }
            count = writer.count
        }
        firstCommandByteCount = commands.first.map { WireWriter.byteCount(of: $0.words) } ?? 0
    }

    /// How many bytes it has.
    var byteCount: Int { bytes.count }

    /// Calls the body with the bytes, which are there as long as it runs.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Whether it could not be written.
    var isTooLarge: Bool { bytes.isEmpty }

    /// The first command's name, read back from the bytes: `*2\r\n$3\r\nGET\r\n…`.
    var name: String {
        let fields = bytes.prefix(64).split(separator: UInt8(ascii: "\n"), maxSplits: 3)
        guard fields.count > 2 else { return "command" }
        return String(decoding: fields[2].dropLast(), as: UTF8.self).uppercased()
    }
}
