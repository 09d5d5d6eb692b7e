internal import StorageKit

/// The values of one key for nodes, or relationships, that follow each other: what a load takes.
enum PropertyValues: Sendable {
    case bools([Bool])
    case integers([Int64])
    case doubles([Double])
    case strings([String])
    /// Of any types; `nil` where there is none.
    case mixed([GraphValue?])

    var count: Int {
        switch self {
        case .bools(let values): values.count
        case .integers(let values): values.count
        case .doubles(let values): values.count
        case .strings(let values): values.count
        case .mixed(let values): values.count
        }
    }

    /// One of them as a value of its own.
    subscript(place: Int) -> GraphValue? {
        switch self {
        case .bools(let values): .bool(values[place])
        case .integers(let values): .integer(values[place])
        case .doubles(let values): .double(values[place])
        case .strings(let values): .string(values[place])
        case .mixed(let values): values[place]
        }
    }
}
