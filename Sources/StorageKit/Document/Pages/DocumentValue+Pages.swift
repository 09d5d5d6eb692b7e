extension DocumentValue {
    /// Whether it can say where a page ended: it compares with all values of its type, and nothing
    /// inside it is of a deprecated type.
    var canBeInCursor: Bool {
        switch self {
        case .double, .string, .binary, .objectID, .bool, .date, .null, .int32, .timestamp, .int64,
            .decimal128, .minKey, .maxKey:
            true
        case .document(let document): document.fields.allSatisfy { $0.value.canBeInCursor }
        case .array(let values): values.allSatisfy(\.canBeInCursor)
        case .undefined, .regularExpression, .pointer, .javaScript, .symbol, .javaScriptWithScope:
            false
        }
    }

    /// What the values are like that an order has at the same place.
    var samePlace: DocumentPredicate {
        // Equal to null is undefined too, which an order has before it.
        self == .null ? .both([.equal(.null), .not(.type([.undefined]))]) : .equal(self)
    }

    /// What the values are like that an order has behind this one: one of these.
    ///
    /// Each is a range of an index that is empty where all values have this one's type.
    func predicates(behind direction: SortOrder) -> [DocumentPredicate] {
        var predicates = predicatesOfType(behind: direction)
        let isBehind: (DocumentValueType) -> Bool = { type in
            direction == .ascending
                ? type.bracket > self.bracket : type.bracket < self.bracket
        }
        // For the type of arrays, MongoDB reads a whole index. An array has an element whose type
        // is asked for, so that it is met and refused; an empty one stands where undefined does.
        let types = DocumentValueType.allCases.filter { isBehind($0) && $0 != .array }
        if !types.isEmpty { predicates.append(.type(types)) }
        // A field that is not there has no type; an order has it where null is.
        if isBehind(.null) { predicates.append(.equal(.null)) }
        if isBehind(.undefined) { predicates.append(.equal([])) }
        return predicates
    }

    /// The same for values that compare with this one.
    private func predicatesOfType(behind direction: SortOrder) -> [DocumentPredicate] {
        switch self {
        case .null, .minKey, .maxKey: return []
        default: break
        }
        // NaN is less than all numbers in an order, and in a comparison equal to itself alone.
        guard let number = DocumentNumber(self) else { return [further(direction)] }
        let isNaN = number.compare(to: DocumentNumber(.nan)) == 0
        switch direction {
        case .ascending:
            return [isNaN ? .greaterOrEqual(.double(-.infinity)) : further(.ascending)]
        case .descending:
            return isNaN ? [] : [further(.descending), .equal(.double(.nan))]
        }
    }

    private func further(_ direction: SortOrder) -> DocumentPredicate {
        direction == .ascending ? .greater(self) : .less(self)
    }
}
