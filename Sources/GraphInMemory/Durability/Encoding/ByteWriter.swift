/// Writes numbers and texts one behind the other.
///
/// Whole numbers are varints, seven bits a byte and the lowest first, as in Protocol Buffers: most
/// numbers of a graph are small.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func write(byte: UInt8) { bytes.append(byte) }

    mutating func write(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func write(varint value: Int) { write(varint: UInt64(value)) }

    /// A number with a sign, so that those near zero are short: 0, -1, 1, -2 are 0, 1, 2, 3.
    mutating func write(zigzag value: Int64) {
        write(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// A number of a fixed width, the lowest byte first.
    mutating func write(fixed value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// How many bytes, and the bytes.
    mutating func write(counted content: [UInt8]) {
        write(varint: content.count)
        bytes.append(contentsOf: content)
    }

    /// How many bytes of UTF-8, and the bytes.
    mutating func write(text: String) {
        let utf8 = text.utf8
        write(varint: utf8.count)
        bytes.append(contentsOf: utf8)
    }

    /// Bytes as they are.
    mutating func write(raw content: some Sequence<UInt8>) { bytes.append(contentsOf: content) }

    /// Puts a number over what is at a place already.
    mutating func overwrite(at offset: Int, with value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) {
            bytes.replaceSubrange(offset..<(offset + 4), with: $0)
        }
    }
}
