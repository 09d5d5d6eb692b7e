// A value in a cursor is the number of its type in BSON and what it needs: nothing, a fixed number
// of bytes, a length and as many as it says, or a count and as many values.

extension CursorWriter {
    /// Appends a value of a type that a ``DocumentKeyset`` takes; of another one nothing.
    mutating func append(_ value: DocumentValue) {
        guard value.canBeInCursor else { return }
        append(value.type.rawValue)
        switch value {
        case .double(let number): append(number.bitPattern)
        case .string(let text): append(counted: text.utf8)
        case .document(let document):
            append(UInt32(clamping: document.count))
            for field in document.fields {
                append(counted: field.name.utf8)
                append(field.value)
            }
        case .array(let values):
            append(UInt32(clamping: values.count))
            for value in values { append(value) }
        case .binary(let binary):
            append(binary.subtype.rawValue)
            append(counted: binary.bytes)
        case .objectID(let id):
            append(id.high)
            append(id.low)
        case .bool(let flag): append(flag ? 1 : 0 as UInt8)
        case .date(let date): append(date.millisecondsSince1970)
        case .int32(let number): append(number)
        case .timestamp(let timestamp):
            append(timestamp.seconds)
            append(timestamp.increment)
        case .int64(let number): append(number)
        case .decimal128(let number):
            append(number.high)
            append(number.low)
        case .null, .minKey, .maxKey, .undefined, .regularExpression, .pointer, .javaScript,
            .symbol, .javaScriptWithScope:
            break
        }
    }
}

extension CursorReader {
    /// As deep as stores take documents: what comes from outside must not exhaust the stack.
    private static let maximumDepth = 100

    mutating func documentValue(depth: Int = 0) -> DocumentValue? {
        guard depth <= Self.maximumDepth,
            let type = byte().flatMap({ DocumentValueType(rawValue: Int8(bitPattern: $0)) })
        else { return nil }
        switch type {
        case .null: return .null
        case .minKey: return .minKey
        case .maxKey: return .maxKey
        case .double: return number().map { .double(Double(bitPattern: $0)) }
        case .int64: return number().map { .int64(Int64(bitPattern: $0)) }
        case .int32: return number(UInt32.self).map { .int32(Int32(bitPattern: $0)) }
        case .date:
            return number().map {
                .date(DocumentDate(millisecondsSince1970: Int64(bitPattern: $0)))
            }
        case .bool: return flag()
        case .string: return text().map { .string($0) }
        case .binary: return binary()
        case .objectID: return take(12).flatMap { ObjectID(bytes: $0) }.map { .objectID($0) }
        case .timestamp: return timestamp()
        case .decimal128: return decimal()
        case .document: return document(depth: depth)
        case .array: return array(depth: depth)
        case .undefined, .regularExpression, .pointer, .javaScript, .symbol, .javaScriptWithScope:
            return nil
        }
    }

    private mutating func flag() -> DocumentValue? {
        switch byte() {
        case 0: .bool(false)
        case 1: .bool(true)
        default: nil
        }
    }

    private mutating func binary() -> DocumentValue? {
        guard let subtype = byte(), let bytes = counted() else { return nil }
        return .binary(DocumentBinary(Array(bytes), subtype: .init(rawValue: subtype)))
    }

    private mutating func timestamp() -> DocumentValue? {
        guard let seconds = number(UInt32.self), let increment = number(UInt32.self) else {
            return nil
        }
        return .timestamp(DocumentTimestamp(seconds: seconds, increment: increment))
    }

    private mutating func decimal() -> DocumentValue? {
        guard let high = number(), let low = number() else { return nil }
        return .decimal128(Decimal128(high: high, low: low))
    }

    private mutating func document(depth: Int) -> DocumentValue? {
        guard let count = number(UInt32.self) else { return nil }
        var document = Document()
        // Each field takes bytes, so a count that is too large ends with them.
        for _ in 0..<count {
            guard let name = text(), !name.utf8.contains(0),
                let value = documentValue(depth: depth + 1)
            else { return nil }
            document.fields.append(DocumentField(name, value))
        }
        return .document(document)
    }

    private mutating func array(depth: Int) -> DocumentValue? {
        guard let count = number(UInt32.self) else { return nil }
        var values: [DocumentValue] = []
        for _ in 0..<count {
            guard let value = documentValue(depth: depth + 1) else { return nil }
            values.append(value)
        }
        return .array(values)
    }
}
