/// Reads what a ``ByteWriter`` wrote, or what claims to be that.
///
/// Whatever the bytes are, it throws and never traps, and takes no more memory than a few times
/// their count: a length is believed only when so many bytes are there.
struct ByteReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    /// Reads bytes that outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads bytes to their last one.
    static func read<Value>(
        _ bytes: [UInt8], _ body: (inout ByteReader) throws(MalformedBytes) -> Value
    ) throws(MalformedBytes) -> Value {
        try bytes.withUnsafeBufferPointer { (buffer) throws(MalformedBytes) in
            var reader = ByteReader(buffer)
            let value = try body(&reader)
            guard reader.isAtEnd else { throw reader.malformed("there are bytes too many") }
            return value
        }
    }

    var remaining: Int { bytes.count - position }
    var isAtEnd: Bool { position == bytes.count }

    func malformed(_ reason: String) -> MalformedBytes {
        MalformedBytes(offset: position, reason: reason)
    }

    mutating func byte() throws(MalformedBytes) -> UInt8 {
        guard position < bytes.count else { throw malformed("a byte is missing") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func varint() throws(MalformedBytes) -> UInt64 {
        let first = try byte()
        if first < 0x80 { return UInt64(first) }
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            let next = try byte()
            // The tenth byte has room for one bit.
            guard shift < 63 || next <= 1 else { throw malformed("a number is too large") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    mutating func zigzag() throws(MalformedBytes) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A varint of 32 bits that is a place or a symbol; the largest number stands for none.
    mutating func place() throws(MalformedBytes) -> UInt32 {
        let value = try varint()
        guard value < UInt64(UInt32.max) else { throw malformed("a number is too large") }
        return UInt32(value)
    }

    mutating func fixed<Number: FixedWidthInteger>(
        _ type: Number.Type
    ) throws(MalformedBytes) -> Number {
        let width = MemoryLayout<Number>.size
        guard remaining >= width else { throw malformed("bytes of a number are missing") }
        defer { position += width }
        let number = UnsafeRawBufferPointer(bytes).loadUnaligned(
            fromByteOffset: position, as: Number.self)
        return Number(littleEndian: number)
    }

    /// How many there are of something that takes at least so many bytes each.
    mutating func count(ofBytesEach width: Int = 1) throws(MalformedBytes) -> Int {
        let value = try varint()
        guard let count = Int(exactly: value), count <= remaining / width else {
            throw malformed("a length is larger than what is there")
        }
        return count
    }

    mutating func counted() throws(MalformedBytes) -> [UInt8] {
        let count = try count()
        return Array(take(count))
    }

    mutating func text() throws(MalformedBytes) -> String {
        let count = try count()
        guard let text = String(validating: take(count), as: UTF8.self) else {
            throw malformed("a text is not UTF-8")
        }
        return text
    }

    /// So many bytes that are known to be there.
    private mutating func take(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        defer { position += count }
        return UnsafeBufferPointer(rebasing: bytes[position..<(position + count)])
    }

    mutating func skip(_ count: Int) throws(MalformedBytes) {
        guard count <= remaining else { throw malformed("bytes are missing") }
        position += count
    }
}
