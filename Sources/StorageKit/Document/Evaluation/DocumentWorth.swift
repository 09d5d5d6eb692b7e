/// A value by what it is worth: `1`, `1.0` and the decimal `1.00` are one key of a dictionary.
package struct DocumentWorth: Hashable, Sendable {
    private let value: DocumentValue

    /// Creates a key.
    package init(_ value: DocumentValue) { self.value = value }

    /// Whether both are of the same worth.
    package static func == (left: Self, right: Self) -> Bool {
        left.value.isEqual(to: right.value)
    }

    /// Hashes what values of the same worth have in common.
    package func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher) }

    private static func hash(_ value: DocumentValue, into hasher: inout Hasher) {
        hasher.combine(value.bracket)
        switch value {
        case .int32(let number): hash(Double(number), into: &hasher)
        case .int64(let number): hash(Double(number), into: &hasher)
        case .double(let number): hash(number, into: &hasher)
        case .decimal128(let number):
            hash(Double(number.description) ?? .nan, into: &hasher)
        case .string(let text), .symbol(let text), .javaScript(let text):
            for byte in text.utf8 { hasher.combine(byte) }
        case .document(let document):
            for field in document.fields { hash(field.value, into: &hasher) }
        case .array(let values): for element in values { hash(element, into: &hasher) }
        case .binary(let binary): hasher.combine(binary)
        case .objectID(let id): hasher.combine(id)
        case .bool(let flag): hasher.combine(flag)
        case .date(let date): hasher.combine(date)
        case .timestamp(let timestamp): hasher.combine(timestamp)
        case .undefined, .null, .regularExpression, .pointer, .javaScriptWithScope, .minKey,
            .maxKey:
            break
        }
    }

    /// The nearest double: the same for all numbers of a worth.
    private static func hash(_ number: Double, into hasher: inout Hasher) {
        hasher.combine(number.isNaN ? .nan : number == 0 ? 0 : number.bitPattern)
    }
}

extension UInt64 {
    fileprivate static let nan = Double.nan.bitPattern
}
