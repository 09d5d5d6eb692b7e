internal import StorageKit

/// Keys of an index that begin with these values, and whose next value is within bounds.
struct InMemoryIndexRange: Sendable {
    /// The values that keys begin with.
    var prefix: [DocumentValue] = []
    /// What the value behind them is like; `nil` for any.
    var bounds: InMemoryIndexBounds?

    /// Below 0 for a key before the range, above 0 for one behind it, 0 for one that is in it.
    func place(of key: [DocumentValue], _ signs: [Int]) -> Int {
        for (place, value) in prefix.enumerated() {
            let order = key[place].compared(to: value)
            if order != 0 { return order * signs[place] }
        }
        guard let bounds else { return 0 }
        return bounds.place(of: key[prefix.count]) * signs[prefix.count]
    }
}

/// Values of some types, from one to another.
struct InMemoryIndexBounds: Sendable {
    /// An end of the bounds.
    struct End: Sendable {
        let value: DocumentValue
        let isIncluded: Bool
    }

    /// The ``StorageKit/DocumentValueType/bracket`` of their types.
    let bracket: Int
    var low: End?
    var high: End?

    /// All values that compare with those of a type.
    init(allOf type: DocumentValueType) { bracket = type.bracket }

    /// The values of the same worth.
    init(point value: DocumentValue) {
        bracket = value.bracket
        low = End(value: value, isIncluded: true)
        high = low
    }

    init(from value: DocumentValue, isIncluded: Bool) {
        bracket = value.bracket
        low = End(value: value, isIncluded: isIncluded)
    }

    init(to value: DocumentValue, isIncluded: Bool) {
        bracket = value.bracket
        high = End(value: value, isIncluded: isIncluded)
    }

    /// Below 0 for a value before them, above 0 for one behind them.
    func place(of value: DocumentValue) -> Int {
        guard value.bracket == bracket else { return value.bracket < bracket ? -1 : 1 }
        if let low {
            let order = value.compared(to: low.value)
            if order < 0 || order == 0 && !low.isIncluded { return -1 }
        }
        if let high {
            let order = value.compared(to: high.value)
            if order > 0 || order == 0 && !high.isIncluded { return 1 }
        }
        return 0
    }
}

extension DocumentPredicate {
    /// Where the keys of all documents are in which a path's value is so; `nil` when that may be
    /// anywhere.
    ///
    /// Keys of other documents may be there too: each is asked in the end.
    var bounds: [InMemoryIndexBounds]? {
        switch self {
        case .equal(let value): value.pointsOfEqual
        case .oneOf(let values): values.flatMap(\.pointsOfEqual)
        case .less(let value):
            value.isComparedInIndex ? [InMemoryIndexBounds(to: value, isIncluded: false)] : nil
        case .lessOrEqual(let value):
            value.isComparedInIndex ? [InMemoryIndexBounds(to: value, isIncluded: true)] : nil
        case .greater(let value):
            value.isComparedInIndex ? [InMemoryIndexBounds(from: value, isIncluded: false)] : nil
        case .greaterOrEqual(let value):
            value.isComparedInIndex ? [InMemoryIndexBounds(from: value, isIncluded: true)] : nil
        case .type(let types):
            // An array at a path is in an index by its elements.
            types.contains(.array) ? nil : types.uniqueBrackets
        case .matches: [DocumentValueType.string, .regularExpression].uniqueBrackets
        case .remainder: [DocumentValueType.int64].uniqueBrackets
        case .containsAll(let values): values.first?.pointsOfEqual
        case .someValue(let predicates): predicates.lazy.compactMap(\.bounds).first
        case .both, .notEqual, .noneOf, .exists, .count, .someElement, .not: nil
        }
    }

    /// The value that keys have at a path, if the predicate says it and it is one.
    var pointOfEqual: DocumentValue? {
        guard case .equal(let value) = self else { return nil }
        switch value {
        case .null, .array: return nil
        default: return value
        }
    }
}

extension DocumentValue {
    /// Null is also what is not there or undefined; an array is its first element, or an element.
    fileprivate var pointsOfEqual: [InMemoryIndexBounds] {
        switch self {
        case .null: [.init(point: .null), .init(point: .undefined)]
        case .array(let values):
            [.init(point: self), .init(point: values.first ?? .undefined)]
        default: [.init(point: self)]
        }
    }

    /// Whether everything that compares with it is in an index at one stretch.
    fileprivate var isComparedInIndex: Bool {
        switch self {
        case .null, .array, .minKey, .maxKey, .undefined: false
        default: true
        }
    }
}

extension [DocumentValueType] {
    fileprivate var uniqueBrackets: [InMemoryIndexBounds] {
        var seen: Set<Int> = []
        return filter { seen.insert($0.bracket).inserted }.map { InMemoryIndexBounds(allOf: $0) }
    }
}
