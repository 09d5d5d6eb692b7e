internal import StorageKit

/// The values of a statement as they are sent: one after the other in the same bytes.
struct PostgresParameters: Hashable, Sendable {
    /// Where a value is, and how it is written.
    struct Slot: Hashable, Sendable {
        /// Where it begins; below 0 for NULL.
        let offset: Int
        let length: Int32
        /// 0 for text, which ends with a zero byte, 1 for binary.
        let format: Int32
    }

    /// The numbers of their types; 0 where the server is to find out.
    private(set) var types: [UInt32] = []
    private(set) var bytes: [UInt8] = []
    private(set) var slots: [Slot] = []

    var count: Int { types.count }

    init() {}

    /// With room for so many short values, as many statements have few.
    init(capacity: Int) {
        types.reserveCapacity(capacity)
        slots.reserveCapacity(capacity)
        bytes.reserveCapacity(capacity * 16)
    }

    mutating func appendNull() { append(.inferred, offset: -1, length: 0, format: 0) }

    /// - Throws: For text with a zero byte.
    mutating func append(
        text: String, as type: PostgresType = .inferred
    ) throws(StorageError) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        guard !bytes.holdsZero(from: start) else { throw .holdsNUL }
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
        slots.append(Slot(offset: offset, length: Int32(clamping: length), format: format))
    }
}

extension StorageError {
    fileprivate static var holdsNUL: StorageError {
        StorageError(
            code: .encodingFailed,
            message: "PostgreSQL's text cannot hold a NUL character; store bytes instead")
    }
}
