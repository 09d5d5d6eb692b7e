#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

extension BSONScope {
    @inline(__always)
    func isNil(_ element: BSONElement) -> Bool {
        element.type == BSONElementType.null || element.type == BSONElementType.undefined
    }

    @inline(__always)
    func bool(_ element: BSONElement) throws(StorageError) -> Bool {
        guard element.type == BSONElementType.bool else { throw wrong(element, "a boolean") }
        return try input.bool(element)
    }

    @inline(__always)
    func string(_ element: BSONElement) throws(StorageError) -> String {
        guard element.type == BSONElementType.string else { throw wrong(element, "a string") }
        return try input.text(at: element.value)
    }

    /// The number, if it is one of this type exactly, whatever type it has in the document.
    @inline(__always)
    func integer<Number: FixedWidthInteger>(
        _ element: BSONElement
    ) throws(StorageError) -> Number {
        let number: Int64
        switch element.type {
        case BSONElementType.int64: number = input.load(Int64.self, at: element.value)
        case BSONElementType.int32: number = Int64(input.load(Int32.self, at: element.value))
        default: number = try wholeNumber(element, Number.self)
        }
        guard let exact = Number(exactly: number) else { throw inexact(element, Number.self) }
        return exact
    }

    @inline(never)
    private func wholeNumber(
        _ element: BSONElement, _ type: Any.Type
    ) throws(StorageError) -> Int64 {
        let whole: Int64?
        switch element.type {
        case BSONElementType.double: whole = Int64(exactly: input.double(element))
        case BSONElementType.decimal128: whole = Int64(exactly: input.decimal(element))
        default: throw wrong(element, "a whole number")
        }
        guard let whole else { throw inexact(element, type) }
        return whole
    }

    @inline(__always)
    func double(_ element: BSONElement) throws(StorageError) -> Double {
        guard element.type == BSONElementType.double else { return try otherDouble(element) }
        return input.double(element)
    }

    @inline(never)
    private func otherDouble(_ element: BSONElement) throws(StorageError) -> Double {
        let exact: Double?
        switch element.type {
        case BSONElementType.int32: exact = Double(input.load(Int32.self, at: element.value))
        case BSONElementType.int64:
            exact = Double(exactly: input.load(Int64.self, at: element.value))
        case BSONElementType.decimal128: exact = Double(exactly: input.decimal(element))
        default: throw wrong(element, "a number")
        }
        guard let exact else { throw inexact(element, Double.self) }
        return exact
    }

    /// The nearest number of the type: it was stored as one of 64 bits, perhaps by others.
    func float(_ element: BSONElement) throws(StorageError) -> Float {
        let double = try double(element)
        let float = Float(double)
        guard float.isFinite || !double.isFinite else { throw inexact(element, Float.self) }
        return float
    }
}

// MARK: Any type

extension BSONScope {
    /// A value of a type that BSON has, or what the type makes of its element.
    func decode<Value: Decodable>(
        _ type: Value.Type, _ element: BSONElement, _ depth: UInt8
    ) throws -> Value {
        if Value.self == String.self { return known(try string(element)) }
        if Value.self == Int.self { return known(try integer(element) as Int) }
        if Value.self == Double.self { return known(try double(element)) }
        if Value.self == Bool.self { return known(try bool(element)) }
        if Value.self == Date.self { return known(try date(element).date) }
        if Value.self == ObjectID.self { return known(try objectID(element)) }
        if Value.self == UUID.self { return known(try uuid(element)) }
        if Value.self == [String].self { return known(try strings(element, depth)) }
        if Value.self == Data.self { return known(try data(element)) }
        if Value.self == Decimal.self { return known(try decimal(element)) }
        if Value.self == Document.self { return known(try document(element, depth)) }
        if Value.self == DocumentValue.self {
            return known(try input.value(element, depth: Int(depth)))
        }
        if Value.self == DocumentDate.self { return known(try date(element)) }
        if Value.self == DocumentBinary.self { return known(try binary(element)) }
        if Value.self == Decimal128.self { return known(try decimal128(element)) }
        if Value.self == DocumentTimestamp.self { return known(try timestamp(element)) }
        if Value.self == DocumentRegularExpression.self { return known(try pattern(element)) }
        if Value.self == DocumentPointer.self { return known(try pointer(element)) }
        if element.type == BSONElementType.array, let list = Value.self as? any BSONList.Type {
            return try opened(list, element, depth)
        }
        return try Value(from: BSONDecoding(scope: self, element: element, depth: depth))
    }

    private func opened<List: BSONList, Value>(
        _ type: List.Type, _ element: BSONElement, _ depth: UInt8
    ) throws -> Value {
        known(try List(self, element, depth))
    }

    /// The value as one of the type that it has, which only the caller knows.
    @inline(__always)
    private func known<Known, Value>(_ value: Known) -> Value {
        // Safe: each caller has compared the two types, and they are one.
        unsafeBitCast(value, to: Value.self)
    }

    private func check(
        _ element: BSONElement, _ type: UInt8
    ) throws(StorageError) {
        guard element.type == type else { throw wrong(element, BSONElementType.name(type)) }
    }

    private func date(_ element: BSONElement) throws(StorageError) -> DocumentDate {
        try check(element, BSONElementType.date)
        return input.date(element)
    }

    private func objectID(_ element: BSONElement) throws(StorageError) -> ObjectID {
        try check(element, BSONElementType.objectID)
        return input.objectID(at: element.value)
    }

    private func binary(_ element: BSONElement) throws(StorageError) -> DocumentBinary {
        try check(element, BSONElementType.binary)
        return try input.binary(element)
    }

    private func uuid(_ element: BSONElement) throws(StorageError) -> UUID {
        let isUUID =
            element.type == BSONElementType.binary && element.end - element.value == 21
            && input.load(UInt8.self, at: element.value + 4) == DocumentBinary.Subtype.uuid.rawValue
        guard isUUID else { throw wrong(element, "a UUID") }
        return UUID(
            uuid: (input.start + Int(element.value) + 5).loadUnaligned(as: uuid_t.self))
    }

    private func data(_ element: BSONElement) throws(StorageError) -> Data {
        let binary = try binary(element)
        guard binary.subtype == .generic || binary.subtype == .genericOld else {
            throw wrong(element, "generic binary data")
        }
        return Data(binary.bytes)
    }

    private func decimal128(_ element: BSONElement) throws(StorageError) -> Decimal128 {
        try check(element, BSONElementType.decimal128)
        return input.decimal(element)
    }

    private func decimal(_ element: BSONElement) throws(StorageError) -> Decimal {
        switch element.type {
        case BSONElementType.int32: return Decimal(input.load(Int32.self, at: element.value))
        case BSONElementType.int64: return Decimal(input.load(Int64.self, at: element.value))
        case BSONElementType.decimal128:
            guard let decimal = Decimal(exactly: input.decimal(element)) else {
                throw inexact(element, Decimal.self)
            }
            return decimal
        default: throw wrong(element, "a decimal")
        }
    }

    private func document(_ element: BSONElement, _ depth: UInt8) throws(StorageError) -> Document {
        try check(element, BSONElementType.document)
        return try input.document(element, depth: input.deeper(Int(depth)))
    }

    private func timestamp(_ element: BSONElement) throws(StorageError) -> DocumentTimestamp {
        try check(element, BSONElementType.timestamp)
        return input.timestamp(element)
    }

    private func pattern(
        _ element: BSONElement
    ) throws(StorageError) -> DocumentRegularExpression {
        try check(element, BSONElementType.regularExpression)
        return try input.regularExpression(element)
    }

    private func pointer(_ element: BSONElement) throws(StorageError) -> DocumentPointer {
        try check(element, BSONElementType.pointer)
        return try input.pointer(element)
    }

    private func strings(_ element: BSONElement, _ depth: UInt8) throws(StorageError) -> [String] {
        let place = try open(element, BSONElementType.array, depth)
        var strings: [String] = []
        strings.reserveCapacity(try input.count(from: place.first, limit: place.limit))
        var next = place.first
        while let element = try input.element(at: next, limit: place.limit) {
            strings.append(try string(element))
            next = element.end
        }
        return strings
    }
}
