internal import StorageKit

/// Which values of an ordered index are wanted.
///
/// Only values that can be compared with the bounds are in it: between two numbers there are
/// numbers, and never not-a-number.
enum IndexRange: Hashable, Sendable {
    /// One end of a range.
    struct Bound: Hashable, Sendable {
        let value: GraphValue
        /// Whether values equal to it are in.
        let isInclusive: Bool

        init(_ value: GraphValue, isInclusive: Bool) {
            self.value = value
            self.isInclusive = isInclusive
        }
    }

    /// All that there are, in the order of all values.
    case all
    case from(Bound)
    case to(Bound)
    case between(Bound, Bound)
    /// Texts that begin with this one.
    case prefix(String)

    static func equal(to value: GraphValue) -> IndexRange {
        let bound = Bound(value, isInclusive: true)
        return .between(bound, bound)
    }

    var lower: Bound? {
        switch self {
        case .from(let bound), .between(let bound, _): bound
        default: nil
        }
    }

    var upper: Bound? {
        switch self {
        case .to(let bound), .between(_, let bound): bound
        default: nil
        }
    }

    /// Whether a value is in it.
    func contains(_ value: GraphValue) -> Bool {
        if case .prefix(let prefix) = self {
            guard case .string(let text) = value else { return false }
            return text.utf8.starts(with: prefix.utf8)
        }
        if let lower {
            guard let order = value.compared(to: lower.value),
                order > 0 || order == 0 && lower.isInclusive
            else { return false }
        }
        if let upper {
            guard let order = value.compared(to: upper.value),
                order < 0 || order == 0 && upper.isInclusive
            else { return false }
        }
        return true
    }

    /// Whether what lies between its two cuts has to be looked at: lists of which some cannot be
    /// compared stand between others, and bounds may not be comparable with anything.
    var isLoose: Bool {
        if let lower, let upper, lower.value.compared(to: upper.value) == nil { return true }
        return [lower, upper].contains { bound in
            guard let value = bound?.value else { return false }
            if case .list = value { return true }
            return !value.isEqualToItself
        }
    }
}

// MARK: Cuts

extension IndexRange {
    /// Whether a value lies before all that are in the range.
    func isBelow(_ value: GraphValue) -> Bool {
        if case .prefix(let prefix) = self { return value.sorted(before: .string(prefix)) < 0 }
        if let lower {
            let order = value.sorted(before: lower.value)
            return order < 0 || order == 0 && !lower.isInclusive
        }
        guard let upper else { return false }
        // The values of the bound's kind; those of kinds before it cannot be compared with it.
        return value.sorted(before: upper.value) < 0 && !value.isOfKind(of: upper.value)
    }

    /// Whether a value lies before the end of the range.
    func isNotAbove(_ value: GraphValue) -> Bool {
        if case .prefix(let prefix) = self {
            guard case .string(let text) = value else {
                return value.sorted(before: .string(prefix)) < 0
            }
            return text.utf8.starts(with: prefix.utf8)
                || value.sorted(before: .string(prefix)) < 0
        }
        if let upper {
            let order = value.sorted(before: upper.value)
            return order < 0 || order == 0 && upper.isInclusive
        }
        guard let lower else { return true }
        return value.sorted(before: lower.value) <= 0 || value.isOfKind(of: lower.value)
    }
}

extension GraphValue {
    /// Whether both are numbers that are ones, or both texts, and so on.
    fileprivate func isOfKind(of other: GraphValue) -> Bool {
        if case (.list, .list) = (self, other) { return true }
        return compared(to: other) != nil
    }
}
