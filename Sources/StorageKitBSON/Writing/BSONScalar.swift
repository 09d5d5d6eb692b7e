internal import StorageKit

/// A value whose form in BSON is a type and bytes.
protocol BSONScalar {
    /// The type's byte.
    var bsonType: UInt8 { get }
    /// How many bytes it has at most.
    var bsonSize: Int { get }
    /// Appends the bytes; there is place for as many as it said.
    func append(to output: BSONOutput)
}

extension Int32: BSONScalar {
    var bsonType: UInt8 { BSONElementType.int32 }
    var bsonSize: Int { 4 }
    @inline(__always)
    func append(to output: BSONOutput) { output.append(unchecked: self) }
}

extension Int64: BSONScalar {
    var bsonType: UInt8 { BSONElementType.int64 }
    var bsonSize: Int { 8 }
    @inline(__always)
    func append(to output: BSONOutput) { output.append(unchecked: self) }
}

extension Double: BSONScalar {
    var bsonType: UInt8 { BSONElementType.double }
    var bsonSize: Int { 8 }
    @inline(__always)
    func append(to output: BSONOutput) { output.append(unchecked: bitPattern) }
}

extension Bool: BSONScalar {
    var bsonType: UInt8 { BSONElementType.bool }
    var bsonSize: Int { 1 }
    @inline(__always)
    func append(to output: BSONOutput) { output.append(unchecked: self ? 1 as UInt8 : 0) }
}

extension String: BSONScalar {
    var bsonType: UInt8 { BSONElementType.string }
    var bsonSize: Int { utf8.count + 5 }
    @inline(__always)
    func append(to output: BSONOutput) {
        output.append(unchecked: Int32(truncatingIfNeeded: utf8.count + 1))
        appendText(to: output)
    }

    /// Appends the text and a zero.
    @inline(__always)
    func appendText(to output: BSONOutput) {
        let isDone: Void? = utf8.withContiguousStorageIfAvailable {
            output.append(unchecked: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in utf8 { output.append(unchecked: byte) } }
        output.append(unchecked: 0 as UInt8)
    }
}

/// Null, and the other values that are a type alone.
struct BSONBareType: BSONScalar {
    var bsonType: UInt8
    var bsonSize: Int { 0 }

    static let null = BSONBareType(bsonType: BSONElementType.null)

    func append(to output: BSONOutput) {}
}

extension ObjectID: BSONScalar {
    var bsonType: UInt8 { BSONElementType.objectID }
    var bsonSize: Int { 12 }
    func append(to output: BSONOutput) {
        output.append(unchecked: high.byteSwapped)
        output.append(unchecked: low.byteSwapped)
    }
}

extension DocumentDate: BSONScalar {
    var bsonType: UInt8 { BSONElementType.date }
    var bsonSize: Int { 8 }
    func append(to output: BSONOutput) { output.append(unchecked: millisecondsSince1970) }
}

extension DocumentTimestamp: BSONScalar {
    var bsonType: UInt8 { BSONElementType.timestamp }
    var bsonSize: Int { 8 }
    func append(to output: BSONOutput) {
        output.append(unchecked: increment)
        output.append(unchecked: seconds)
    }
}

extension Decimal128: BSONScalar {
    var bsonType: UInt8 { BSONElementType.decimal128 }
    var bsonSize: Int { 16 }
    func append(to output: BSONOutput) {
        output.append(unchecked: low)
        output.append(unchecked: high)
    }
}

extension DocumentBinary: BSONScalar {
    var bsonType: UInt8 { BSONElementType.binary }
    var bsonSize: Int { bytes.count + 9 }
    func append(to output: BSONOutput) {
        let isOld = subtype == .genericOld
        output.append(unchecked: Int32(truncatingIfNeeded: bytes.count + (isOld ? 4 : 0)))
        output.append(unchecked: subtype.rawValue)
        if isOld { output.append(unchecked: Int32(truncatingIfNeeded: bytes.count)) }
        bytes.withUnsafeBytes { output.append(unchecked: $0) }
    }
}

extension DocumentRegularExpression: BSONScalar {
    var bsonType: UInt8 { BSONElementType.regularExpression }
    var bsonSize: Int { pattern.utf8.count + options.utf8.count + 2 }
    func append(to output: BSONOutput) {
        pattern.appendText(to: output)
        options.appendText(to: output)
    }
}

extension DocumentPointer: BSONScalar {
    var bsonType: UInt8 { BSONElementType.pointer }
    var bsonSize: Int { collection.bsonSize + 12 }
    func append(to output: BSONOutput) {
        collection.append(to: output)
        id.append(to: output)
    }
}
