internal import StorageKit

extension GraphComparison {
    /// Whether it is so of two that compare like this: below 0, 0, above 0.
    func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }

    /// Whether it is so of two values; `nil` where an order is asked for that they do not have.
    ///
    /// Two numbers have an answer always: with not-a-number it is no.
    func holds(_ left: GraphValue, _ right: GraphValue) -> Bool? {
        switch self {
        case .equal: return left.isEqual(to: right)
        case .notEqual: return !left.isEqual(to: right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if let order = left.compared(to: right) { return holds(order) }
            return left.isNumber && right.isNumber ? false : nil
        }
    }
}

extension GraphValue {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .double: true
        case .bool, .string, .bytes, .list: false
        }
    }
}

extension GraphTextTest {
    /// Whether the text has the other one where it is asked for.
    func holds(_ text: String, _ part: [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { text in
            guard text.count >= part.count else { return false }
            switch self {
            case .prefix: return text.prefix(part.count).elementsEqual(part)
            case .suffix: return text.suffix(part.count).elementsEqual(part)
            case .contains:
                return (0...(text.count - part.count)).contains { start in
                    text[start..<start + part.count].elementsEqual(part)
                }
            }
        }
    }
}
