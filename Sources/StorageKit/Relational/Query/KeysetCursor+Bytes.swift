#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// A value in a cursor is the number of its kind and what it needs: nothing, eight bytes, sixteen,
// or a length and as many as it says.

/// The kinds of values by their numbers, which stay what they are; there is no NULL.
private enum Kind: UInt8 {
    case no = 1, yes, integer, real, text, bytes, date, uuid, decimal, json
}

extension CursorWriter {
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
        append(kind.rawValue)
        append(content)
    }

    private mutating func append(_ kind: Kind, _ number: UInt64) {
        append(kind.rawValue)
        append(number)
    }

    private mutating func append(counted kind: Kind, _ content: [UInt8]) {
        append(kind.rawValue)
        append(counted: content)
    }
}

extension CursorReader {
    mutating func sqlValue() -> SQLValue? {
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
