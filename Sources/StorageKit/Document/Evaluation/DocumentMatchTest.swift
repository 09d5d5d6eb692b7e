/// A predicate, made ready: negations are taken apart, patterns compiled.
indirect enum DocumentMatchTest {
    enum Comparison { case equal, less, lessOrEqual, greater, greaterOrEqual }

    case compare(Comparison, DocumentValue)
    case oneOf([DocumentValue])
    case exists
    case type(Set<DocumentValueType>)
    case pattern(DocumentPattern)
    case remainder(Int64, dividedBy: Int64)
    case containsAll([DocumentValue])
    case count(Int)
    case someElement(DocumentMatchNode)
    case someValue([DocumentMatchTest])
    case both([DocumentMatchTest])
    case not(DocumentMatchTest)

    init(_ predicate: DocumentPredicate) throws(StorageError) {
        switch predicate {
        case .equal(let value): self = .compare(.equal, value)
        case .notEqual(let value): self = .not(.compare(.equal, value))
        case .less(let value): self = .compare(.less, value)
        case .lessOrEqual(let value): self = .compare(.lessOrEqual, value)
        case .greater(let value): self = .compare(.greater, value)
        case .greaterOrEqual(let value): self = .compare(.greaterOrEqual, value)
        case .oneOf(let values): self = .oneOf(values)
        case .noneOf(let values): self = .not(.oneOf(values))
        case .exists(let isThere): self = isThere ? .exists : .not(.exists)
        case .type(let types): self = .type(Set(types))
        case .matches(let expression): self = .pattern(try DocumentPattern(expression))
        case .remainder(let rest, let divisor): self = .remainder(rest, dividedBy: divisor)
        case .containsAll(let values): self = .containsAll(values)
        case .count(let count): self = .count(count)
        case .someElement(let filter): self = .someElement(try DocumentMatchNode(filter))
        case .someValue(let predicates): self = .someValue(try Self.tests(predicates))
        case .both(let predicates): self = .both(try Self.tests(predicates))
        case .not(let predicate): self = .not(try DocumentMatchTest(predicate))
        }
    }

    private static func tests(
        _ predicates: [DocumentPredicate]
    ) throws(StorageError) -> [DocumentMatchTest] {
        var tests: [DocumentMatchTest] = []
        for predicate in predicates { tests.append(try DocumentMatchTest(predicate)) }
        return tests
    }
}

extension DocumentMatchTest {
    /// Whether one of the values at the path is so.
    func matches(
        _ document: Document, _ steps: ArraySlice<DocumentSteps.Step>, _ place: inout Int?
    ) -> Bool {
        switch self {
        case .both(let tests):
            for test in tests where !test.matches(document, steps, &place) { return false }
            return true
        case .not(let test):
            var unused: Int?
            return !test.matches(document, steps, &unused)
        case .containsAll(let values):
            for value in values
            where !Self.compare(.equal, value).matches(document, steps, &place) { return false }
            return !values.isEmpty
        default:
            var found: Int?
            let walk = DocumentWalk(opensLastArray: !isOfWholeArrays) { value, outer in
                switch match(value) {
                case .none: return false
                case .itself: found = outer
                case .element(let place): found = outer ?? place
                }
                return true
            }
            guard walk.ends(in: document, steps) else { return false }
            place = found ?? place
            return true
        }
    }

    /// Whether this very value is so, without a look at its elements unless that is the question.
    func matches(_ value: DocumentValue?) -> Bool {
        if case .none = match(value) { false } else { true }
    }

    private var isOfWholeArrays: Bool {
        switch self {
        case .count, .someElement, .someValue: true
        default: false
        }
    }

    /// By what a value is so.
    private enum Match {
        case none
        case itself
        case element(Int)

        init(_ place: Int?) { self = place.map { .element($0) } ?? .none }
    }

    private func match(_ value: DocumentValue?) -> Match {
        switch self {
        case .someElement(let node):
            guard case .array(let values) = value else { return .none }
            return Match(values.firstIndex { node.matches(element: $0) })
        case .someValue(let tests):
            guard case .array(let values) = value else { return .none }
            return Match(
                values.firstIndex { element in tests.allSatisfy { $0.matches(element) } })
        default:
            return isSo(value) ? .itself : .none
        }
    }

    private func isSo(_ value: DocumentValue?) -> Bool {
        switch self {
        case .compare(let comparison, let other): comparison.holds(value, other)
        case .oneOf(let values): values.contains { Comparison.equal.holds(value, $0) }
        case .exists: value != nil
        case .type(let types): value.map { types.contains($0.type) } ?? false
        case .pattern(let pattern): value.map(pattern.matches) ?? false
        case .remainder(let rest, let divisor): value?.remainder(dividedBy: divisor) == rest
        case .containsAll(let values):
            !values.isEmpty && values.allSatisfy { Comparison.equal.holds(value, $0) }
        case .count(let count): value?.elementCount == count
        case .someElement, .someValue: matches(value)
        case .both(let tests): tests.allSatisfy { $0.matches(value) }
        case .not(let test): !test.matches(value)
        }
    }
}

extension DocumentMatchTest.Comparison {
    /// Whether a value, `nil` for a missing one, is so compared with another.
    fileprivate func holds(_ value: DocumentValue?, _ other: DocumentValue) -> Bool {
        let bracket = value?.bracket ?? DocumentValue.undefined.bracket
        guard let value, bracket == other.bracket else {
            return holdsAcrossTypes(bracket, other)
        }
        if let left = DocumentOperand(value), let right = DocumentOperand(other),
            left.isNaN || right.isNaN
        {
            return isReflexive && left.isNaN && right.isNaN
        }
        let order = value.compared(to: other)
        switch self {
        case .equal: return order == 0
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        }
    }

    /// Null is what is missing or undefined; everything is between the two keys.
    private func holdsAcrossTypes(_ bracket: Int, _ other: DocumentValue) -> Bool {
        switch other {
        case .null: bracket == DocumentValue.undefined.bracket && isReflexive
        case .minKey: self == .greater || self == .greaterOrEqual
        case .maxKey: self == .less || self == .lessOrEqual
        default: false
        }
    }

    private var isReflexive: Bool {
        self == .equal || self == .lessOrEqual || self == .greaterOrEqual
    }
}

extension DocumentValue {
    fileprivate var elementCount: Int? {
        if case .array(let values) = self { values.count } else { nil }
    }

    fileprivate func remainder(dividedBy divisor: Int64) -> Int64? {
        // The least number has no opposite: the processor would not divide it by -1.
        DocumentOperand(self)?.truncated.map { divisor == -1 ? 0 : $0 % divisor }
    }
}
