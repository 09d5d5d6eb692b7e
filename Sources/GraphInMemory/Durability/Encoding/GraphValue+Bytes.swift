internal import StorageKit

/// How values are stored: a byte that says what it is, and what belongs to it.
enum StoredValue {
    /// How many lists may be in each other: what is written can be read without a deep stack.
    static let maximumDepth = 100

    fileprivate static let no: UInt8 = 0
    fileprivate static let yes: UInt8 = 1
    fileprivate static let integer: UInt8 = 2
    fileprivate static let double: UInt8 = 3
    fileprivate static let string: UInt8 = 4
    fileprivate static let bytes: UInt8 = 5
    fileprivate static let list: UInt8 = 6
}

extension ByteWriter {
    /// - Throws: ``StorageError/Code/limitExceeded`` for lists that are too deep.
    mutating func write(_ value: GraphValue, depth: Int = 0) throws(StorageError) {
        switch value {
        case .bool(let value): write(byte: value ? StoredValue.yes : StoredValue.no)
        case .integer(let value):
            write(byte: StoredValue.integer)
            write(zigzag: value)
        case .double(let value):
            write(byte: StoredValue.double)
            write(fixed: value.bitPattern)
        case .string(let value):
            write(byte: StoredValue.string)
            write(text: value)
        case .bytes(let value):
            write(byte: StoredValue.bytes)
            write(counted: value)
        case .list(let values): try write(values, depth: depth)
        }
    }

    private mutating func write(_ values: [GraphValue], depth: Int) throws(StorageError) {
        guard depth < StoredValue.maximumDepth else {
            throw StorageError(
                code: .limitExceeded,
                message: "a list has lists in it to a depth of more than "
                    + "\(StoredValue.maximumDepth); a stored graph takes none that are deeper")
        }
        write(byte: StoredValue.list)
        write(varint: values.count)
        for value in values { try write(value, depth: depth + 1) }
    }
}

extension ByteReader {
    mutating func value(depth: Int = 0) throws(MalformedBytes) -> GraphValue {
        switch try byte() {
        case StoredValue.no: .bool(false)
        case StoredValue.yes: .bool(true)
        case StoredValue.integer: .integer(try zigzag())
        case StoredValue.double: .double(Double(bitPattern: try fixed(UInt64.self)))
        case StoredValue.string: .string(try text())
        case StoredValue.bytes: .bytes(try counted())
        case StoredValue.list: .list(try list(depth: depth))
        default: throw malformed("a value is of no known kind")
        }
    }

    private mutating func list(depth: Int) throws(MalformedBytes) -> [GraphValue] {
        guard depth < StoredValue.maximumDepth else { throw malformed("lists are too deep") }
        let count = try count()
        var values: [GraphValue] = []
        // A value takes more room in memory than the byte that a malicious count needs for it.
        values.reserveCapacity(min(count, 1_024))
        for _ in 0..<count { values.append(try value(depth: depth + 1)) }
        return values
    }
}
