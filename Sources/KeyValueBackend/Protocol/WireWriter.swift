internal import StorageKit

/// Writes commands as they go to the server: `*2\r\n$3\r\nGET\r\n$4\r\nname\r\n`.
///
/// The number of words, then each word with its length before it, so that any bytes are safe in it.
/// This is all of the protocol that a client writes. hiredis has a formatter too; it wants every
/// word pinned at an address of its own, prints numbers by `printf`, and its buffer has to be
/// copied: ten times the work, which decision 0005 has the figures of.
struct WireWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    /// How many bytes are written.
    private(set) var count = 0

    /// Creates a writer; the buffer has to have room for all that is written.
    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    /// How many bytes a command takes.
    static func byteCount(of words: [ByteString]) -> Int {
        var count = 3 + digits(words.count)
        for word in words { count += 5 + digits(word.count) + word.count }
        return count
    }

    /// Writes a command.
    mutating func append(_ words: [ByteString]) {
        append(UInt8(ascii: "*"), words.count)
        for word in words {
            append(UInt8(ascii: "$"), word.count)
            word.bytes.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: bytes)
            }
            count += word.count
            endLine()
        }
    }

    /// A line of a sign and a number that is not negative.
    private mutating func append(_ sign: UInt8, _ number: Int) {
        buffer[count] = sign
        let end = count + 1 + Self.digits(number)
        var (place, rest) = (end, number)
        repeat {
            place -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        count = end
        endLine()
    }

    private mutating func endLine() {
        buffer[count] = UInt8(ascii: "\r")
        buffer[count + 1] = UInt8(ascii: "\n")
        count += 2
    }

    private static func digits(_ number: Int) -> Int {
        var (count, rest) = (1, number)
        while rest >= 10 {
            count += 1
            rest /= 10
        }
        return count
    }
}
