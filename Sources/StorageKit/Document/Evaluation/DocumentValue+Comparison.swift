extension DocumentValueType {
    /// Values of the same bracket compare by what they hold, those of others by their brackets.
    ///
    /// Source: MongoDB's manual, "Comparison/Sort Order".
    package var bracket: Int {
        switch self {
        case .minKey: -1
        case .undefined: 0
        case .null: 5
        case .double, .int32, .int64, .decimal128: 10
        case .string, .symbol: 15
        case .document: 20
        case .array: 25
        case .binary: 30
        case .objectID: 35
        case .bool: 40
        case .date: 45
        case .timestamp: 47
        case .regularExpression: 50
        case .pointer: 55
        case .javaScript: 60
        case .javaScriptWithScope: 65
        case .maxKey: 127
        }
    }
}

extension DocumentValue {
    /// Its type's ``DocumentValueType/bracket``.
    package var bracket: Int { type.bracket }

    /// Which comes first as MongoDB orders them: below 0 for this one, above 0 for the other, 0
    /// when they are of the same worth.
    package func compared(to other: DocumentValue) -> Int {
        guard bracket == other.bracket else { return bracket < other.bracket ? -1 : 1 }
        if let left = DocumentNumber(self), let right = DocumentNumber(other) {
            return left.compare(to: right)
        }
        switch (self, other) {
        case (.document(let left), .document(let right)): return left.compared(to: right)
        case (.array(let left), .array(let right)): return Self.compare(left, right)
        case (.bool(let left), .bool(let right)):
            return left == right ? 0 : left ? 1 : -1
        case (.date(let left), .date(let right)): return left.order(right)
        case (.timestamp(let left), .timestamp(let right)): return left.order(right)
        case (.objectID(let left), .objectID(let right)): return left.order(right)
        case (.binary(let left), .binary(let right)): return left.compared(to: right)
        case (.regularExpression(let left), .regularExpression(let right)):
            let order = left.pattern.comparedByBytes(to: right.pattern)
            return order == 0 ? left.options.comparedByBytes(to: right.options) : order
        case (.pointer(let left), .pointer(let right)):
            let (first, second) = (left.collection, right.collection)
            if first.utf8.count != second.utf8.count { return first.utf8.count - second.utf8.count }
            let order = first.comparedByBytes(to: second)
            return order == 0 ? left.id.order(right.id) : order
        case (
            .javaScriptWithScope(let left, let scope), .javaScriptWithScope(let right, let other)
        ):
            let order = left.comparedByBytes(to: right)
            return order == 0 ? scope.compared(to: other) : order
        default: return (text ?? "").comparedByBytes(to: other.text ?? "")
        }
    }

    /// Whether both are of the same worth.
    package func isEqual(to other: DocumentValue) -> Bool { compared(to: other) == 0 }

    private var text: String? {
        switch self {
        case .string(let text), .symbol(let text), .javaScript(let text): text
        default: nil
        }
    }

    private static func compare(_ left: [DocumentValue], _ right: [DocumentValue]) -> Int {
        for (first, second) in zip(left, right) {
            let order = first.compared(to: second)
            if order != 0 { return order }
        }
        return left.count - right.count
    }
}

extension Document {
    /// Field by field: by the type, then the name, then the value; a document that ends is less.
    package func compared(to other: Document) -> Int {
        for (left, right) in zip(fields, other.fields) {
            let brackets = left.value.bracket - right.value.bracket
            if brackets != 0 { return brackets }
            let names = left.name.comparedByBytes(to: right.name)
            if names != 0 { return names }
            let values = left.value.compared(to: right.value)
            if values != 0 { return values }
        }
        return count - other.count
    }
}

extension DocumentBinary {
    fileprivate func compared(to other: DocumentBinary) -> Int {
        if bytes.count != other.bytes.count { return bytes.count - other.bytes.count }
        if subtype != other.subtype { return Int(subtype.rawValue) - Int(other.subtype.rawValue) }
        return bytes == other.bytes ? 0 : bytes.lexicographicallyPrecedes(other.bytes) ? -1 : 1
    }
}

extension Comparable {
    fileprivate func order(_ other: Self) -> Int { self == other ? 0 : self < other ? -1 : 1 }
}
