/// The values of a statement as they are sent: one after the other in the same bytes.
struct PostgresParameters: Hashable, Sendable {
    /// The numbers of their types; 0 where the server is to find out.
    private(set) var types: [UInt32] = []
    private(set) var bytes: [UInt8] = []
    /// Where each begins; below 0 for NULL.
    private(set) var offsets: [Int] = []
    private(set) var lengths: [Int32] = []
    /// 0 for text, which ends with a zero byte, 1 for binary.
    private(set) var formats: [Int32] = []

    var count: Int { types.count }

    /// Makes room for so many values.
    mutating func reserve(_ count: Int, bytes byteCount: Int) {
        types.reserveCapacity(count)
        bytes.reserveCapacity(byteCount)
        offsets.reserveCapacity(count)
        lengths.reserveCapacity(count)
        formats.reserveCapacity(count)
    }

    mutating func appendNull() { append(.inferred, offset: -1, length: 0, format: 0) }

    mutating func append(text: String, as type: PostgresType = .inferred) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        let length = bytes.count - start
        bytes.append(0)
        append(type, offset: start, length: length, format: 0)
    }

    mutating func append(binary: some Collection<UInt8>, as type: PostgresType) {
        let start = bytes.count
        bytes.append(contentsOf: binary)
        let length = bytes.count - start
        // An address is wanted for a value without bytes as well.
        bytes.append(0)
        append(type, offset: start, length: length, format: 1)
    }

    mutating func append(bigEndian value: some FixedWidthInteger, as type: PostgresType) {
        withUnsafeBytes(of: value.bigEndian) { append(binary: $0, as: type) }
    }

    private mutating func append(_ type: PostgresType, offset: Int, length: Int, format: Int32) {
        types.append(type.oid)
        offsets.append(offset)
        lengths.append(Int32(clamping: length))
        formats.append(format)
    }
}
