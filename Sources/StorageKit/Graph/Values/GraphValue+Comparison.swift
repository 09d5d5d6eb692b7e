extension GraphValue {
    /// Whether a query takes both for the same: numbers by what they are worth, so that `1` is
    /// `1.0`; not-a-number is equal to nothing, itself included.
    ///
    /// Source: openCypher 9, "Equality". Two texts are the same when their code points are.
    public func isEqual(to other: GraphValue) -> Bool {
        switch (self, other) {
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        default: compared(to: other) == 0
        }
    }

    /// Which comes first of two values that can be compared: below 0 for this one, above 0 for the
    /// other, 0 when they are the same; `nil` for values of different kinds and for not-a-number.
    ///
    /// Texts and bytes compare byte by byte, which for UTF-8 is the order of the code points; false
    /// is before true; lists compare by their first elements that differ.
    public func compared(to other: GraphValue) -> Int? {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left.order(before: right)
        case (.double(let left), .double(let right)):
            left.isNaN || right.isNaN ? nil : left.order(before: right)
        case (.integer(let left), .double(let right)):
            right.isNaN ? nil : -right.order(beforeInteger: left)
        case (.double(let left), .integer(let right)):
            left.isNaN ? nil : left.order(beforeInteger: right)
        case (.string(let left), .string(let right)): left.order(beforeBytesOf: right)
        case (.bytes(let left), .bytes(let right)):
            left.order(before: right) { $0.order(before: $1) }
        case (.bool(let left), .bool(let right)): left == right ? 0 : left ? 1 : -1
        case (.list(let left), .list(let right)):
            left.order(before: right) { $0.compared(to: $1) }
        default: nil
        }
    }

    /// A total order of all values, in which those that ``compared(to:)`` compares stand as it
    /// says; used to sort, and by ordered indexes.
    ///
    /// Lists come first, then texts, bytes, booleans, and numbers with not-a-number last
    /// (openCypher 9, "Orderability").
    public func sorted(before other: GraphValue) -> Int {
        if case (.list(let left), .list(let right)) = (self, other) {
            return left.order(before: right) { $0.sorted(before: $1) } ?? 0
        }
        if let order = compared(to: other) { return order }
        guard rank == other.rank else { return rank.order(before: other.rank) }
        return (isNaN ? 1 : 0) - (other.isNaN ? 1 : 0)
    }

    private var rank: Int {
        switch self {
        case .list: 0
        case .string: 1
        case .bytes: 2
        case .bool: 3
        case .integer, .double: 4
        }
    }

    private var isNaN: Bool {
        if case .double(let value) = self { value.isNaN } else { false }
    }
}

extension Comparable {
    fileprivate func order(before other: Self) -> Int { self < other ? -1 : self == other ? 0 : 1 }
}

extension Double {
    /// Compares exactly: a double that large is whole, and one that small has no more bits than it.
    fileprivate func order(beforeInteger other: Int64) -> Int {
        if self >= 0x1p63 { return 1 }
        if self < -0x1p63 { return -1 }
        let whole = Int64(rounded(.towardZero))
        guard whole == other else { return whole.order(before: other) }
        return order(before: Double(whole))
    }
}

extension String {
    fileprivate func order(beforeBytesOf other: String) -> Int {
        utf8.lexicographicallyPrecedes(other.utf8) ? -1 : utf8.elementsEqual(other.utf8) ? 0 : 1
    }
}

extension Array {
    /// The order of the first elements that differ, or of the counts; `nil` where elements that
    /// decide cannot be compared.
    fileprivate func order(before other: Self, _ compare: (Element, Element) -> Int?) -> Int? {
        for (left, right) in zip(self, other) {
            guard let order = compare(left, right) else { return nil }
            if order != 0 { return order }
        }
        return count.order(before: other.count)
    }
}
