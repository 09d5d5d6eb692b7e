#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// The bytes of a cursor. A value is the number of its kind and what it needs: nothing, eight bytes,
// sixteen, or a length of four bytes and as many as it says. Numbers begin with the highest byte.

/// The kinds of values by their numbers, which stay what they are; there is no NULL.
private enum Kind: UInt8 {
    case no = 1, yes, integer, real, text, bytes, date, uuid, decimal, json
}

/// Writes what ``KeysetCursorReader`` reads.
struct KeysetCursorWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: SQLValue) {
        switch value {
        case .null: break
        case .boolean(let value): append(value ? .yes : .no, [])
        case .integer(let value): append(.integer, UInt64(bitPattern: value))
        case .real(let value): append(.real, value.bitPattern)
        case .text(let value): append(counted: .text, Array(value.utf8))
        case .bytes(let value): append(counted: .bytes, value)
        case .date(let value):
            append(.date, value.timeIntervalSinceReferenceDate.bitPattern)
        case .uuid(let value): withUnsafeBytes(of: value.uuid) { append(.uuid, Array($0)) }
        case .decimal(let value): append(counted: .decimal, Array(value.description.utf8))
        case .json(let value): append(counted: .json, Array(value.utf8))
        }
    }

    private mutating func append(_ kind: Kind, _ content: [UInt8]) {
        bytes.append(kind.rawValue)
        bytes += content
    }

    private mutating func append(_ kind: Kind, _ number: UInt64) {
        bytes.append(kind.rawValue)
        append(number)
    }

    private mutating func append(counted kind: Kind, _ content: [UInt8]) {
        bytes.append(kind.rawValue)
        append(UInt32(clamping: content.count))
        bytes += content
    }
}

/// Reads what came from outside: `nil` for whatever a ``KeysetCursorWriter`` has not written.
struct KeysetCursorReader {
    private(set) var rest: ArraySlice<UInt8>

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number() -> UInt64? {
        take(8).map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func value() -> SQLValue? {
        guard let kind = byte().flatMap(Kind.init) else { return nil }
        switch kind {
        case .no: return .boolean(false)
        case .yes: return .boolean(true)
        case .integer: return number().map { .integer(Int64(bitPattern: $0)) }
        case .real: return number().map { .real(Double(bitPattern: $0)) }
        case .text: return text().map { .text($0) }
        case .bytes: return counted().map { .bytes(Array($0)) }
        case .date: return date().map { .date($0) }
        case .uuid: return uuid().map { .uuid($0) }
        case .decimal: return decimal().map { .decimal($0) }
        case .json: return text().map { .json($0) }
        }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func counted() -> ArraySlice<UInt8>? {
        guard let length = take(4) else { return nil }
        return take(length.reduce(0) { $0 << 8 | Int($1) })
    }

    private mutating func text() -> String? {
        counted().flatMap { String(validating: $0, as: UTF8.self) }
    }

    private mutating func date() -> Date? {
        guard let seconds = number().map(Double.init(bitPattern:)), seconds.isFinite else {
            return nil
        }
        return Date(timeIntervalSinceReferenceDate: seconds)
    }

    private mutating func uuid() -> UUID? {
        guard let bytes = take(16) else { return nil }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    private mutating func decimal() -> Decimal? {
        guard let text = text(), let digits = DecimalDigits(text) else { return nil }
        return Decimal(string: digits.description)
    }
}
