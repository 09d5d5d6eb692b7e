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

    private static var emptyMixed: PropertyColumn { .mixed(TypedColumn(empty: .bool(false))) }

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

    // While a column is changed it is out of `self`, or it would have two owners and be copied.

    mutating func set(_ place: Int, _ value: GraphValue) {
        let column = self
        self = .emptyMixed
        self = Self.setting(consume column, place, value)
    }

    private static func setting(
        _ column: consuming PropertyColumn, _ place: Int, _ value: GraphValue
    ) -> PropertyColumn {
        switch (consume column, value) {
        case (.bools(var column), .bool(let value)):
            column.set(place, value)
            return .bools(column)
        case (.integers(var column), .integer(let value)):
            column.set(place, value)
            return .integers(column)
        case (.doubles(var column), .double(let value)):
            column.set(place, value)
            return .doubles(column)
        case (.strings(var column), .string(let value)):
            column.set(place, value)
            return .strings(column)
        case (.mixed(var column), _):
            column.set(place, value)
            return .mixed(column)
        case (let other, _):
            return setting(other.asMixed(), place, value)
        }
    }

    mutating func remove(_ place: Int) {
        guard self[place] != nil else { return }
        let column = self
        self = .emptyMixed
        self = Self.removing(consume column, place)
    }

    private static func removing(
        _ column: consuming PropertyColumn, _ place: Int
    ) -> PropertyColumn {
        switch consume column {
        case .bools(var column):
            column.remove(place)
            return .bools(column)
        case .integers(var column):
            column.remove(place)
            return .integers(column)
        case .doubles(var column):
            column.remove(place)
            return .doubles(column)
        case .strings(var column):
            column.remove(place)
            return .strings(column)
        case .mixed(var column):
            column.remove(place)
            return .mixed(column)
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
