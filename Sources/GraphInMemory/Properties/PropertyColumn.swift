internal import StorageKit

/// The values of one key for all nodes, or all relationships.
///
/// A column begins with the type of its first value. A value of another type turns it into a mixed
/// one, once, in O(values); a mixed column stays one until it has no value any more.
enum PropertyColumn: Sendable {
    case bools(TypedColumn<Bool>)
    case integers(TypedColumn<Int64>)
    case doubles(TypedColumn<Double>)
    case strings(TypedColumn<String>)
    case mixed(TypedColumn<GraphValue>)

    /// An empty column for values like this one.
    init(for value: GraphValue) {
        switch value {
        case .bool: self = .bools(TypedColumn(empty: false))
        case .integer: self = .integers(TypedColumn(empty: 0))
        case .double: self = .doubles(TypedColumn(empty: 0))
        case .string: self = .strings(TypedColumn(empty: ""))
        case .bytes, .list: self = .emptyMixed
        }
    }

    static var emptyMixed: PropertyColumn { .mixed(TypedColumn(empty: .bool(false))) }

    var count: Int {
        switch self {
        case .bools(let column): column.count
        case .integers(let column): column.count
        case .doubles(let column): column.count
        case .strings(let column): column.count
        case .mixed(let column): column.count
        }
    }

    subscript(place: Int) -> GraphValue? {
        switch self {
        case .bools(let column): column[place].map(GraphValue.bool)
        case .integers(let column): column[place].map(GraphValue.integer)
        case .doubles(let column): column[place].map(GraphValue.double)
        case .strings(let column): column[place].map(GraphValue.string)
        case .mixed(let column): column[place]
        }
    }

    // While a column is changed it is out of `self`: it would have two owners, and be copied.

    mutating func set(_ place: Int, _ value: GraphValue) {
        switch value {
        case .bool(let value): if setBool(place, value) { return }
        case .integer(let value): if setInteger(place, value) { return }
        case .double(let value): if setDouble(place, value) { return }
        case .string(let value): if setString(place, value) { return }
        case .bytes, .list: break
        }
        if case .mixed = self {} else { self = asMixed() }
        guard case .mixed(var column) = self else { return }
        self = .emptyMixed
        column.set(place, value)
        self = .mixed(column)
    }

    private mutating func setBool(_ place: Int, _ value: Bool) -> Bool {
        guard case .bools(var column) = self else { return false }
        self = .emptyMixed
        column.set(place, value)
        self = .bools(column)
        return true
    }

    private mutating func setInteger(_ place: Int, _ value: Int64) -> Bool {
        guard case .integers(var column) = self else { return false }
        self = .emptyMixed
        column.set(place, value)
        self = .integers(column)
        return true
    }

    private mutating func setDouble(_ place: Int, _ value: Double) -> Bool {
        guard case .doubles(var column) = self else { return false }
        self = .emptyMixed
        column.set(place, value)
        self = .doubles(column)
        return true
    }

    private mutating func setString(_ place: Int, _ value: String) -> Bool {
        guard case .strings(var column) = self else { return false }
        self = .emptyMixed
        column.set(place, value)
        self = .strings(column)
        return true
    }

    mutating func remove(_ place: Int) {
        switch self {
        case .bools(var column):
            self = .emptyMixed
            column.remove(place)
            self = .bools(column)
        case .integers(var column):
            self = .emptyMixed
            column.remove(place)
            self = .integers(column)
        case .doubles(var column):
            self = .emptyMixed
            column.remove(place)
            self = .doubles(column)
        case .strings(var column):
            self = .emptyMixed
            column.remove(place)
            self = .strings(column)
        case .mixed(var column):
            self = .emptyMixed
            column.remove(place)
            self = .mixed(column)
        }
    }

    private func asMixed() -> PropertyColumn {
        var mixed = TypedColumn<GraphValue>(empty: .bool(false))
        var place = validity.next(from: 0)
        while let valid = place {
            if let value = self[valid] { mixed.set(valid, value) }
            place = validity.next(from: valid + 1)
        }
        return .mixed(mixed)
    }

    /// The places that have a value.
    var validity: PagedBitmap {
        switch self {
        case .bools(let column): column.validity
        case .integers(let column): column.validity
        case .doubles(let column): column.validity
        case .strings(let column): column.validity
        case .mixed(let column): column.validity
        }
    }

    var byteCount: Int {
        switch self {
        case .bools(let column): column.byteCount
        case .integers(let column): column.byteCount
        case .doubles(let column): column.byteCount
        case .strings(let column): column.byteCount
        case .mixed(let column): column.byteCount
        }
    }
}
