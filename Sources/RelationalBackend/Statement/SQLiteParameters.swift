internal import StorageKit

/// The parameters of a statement: which of them come with a run, and which have their values.
struct SQLiteParameters {
    let count: Int
    /// The places of those that come with a run, from 1.
    private(set) var placeholders: [Int32] = []
    /// Those that have their values, and their places.
    private(set) var values: [(place: Int32, value: SQLValue)] = []

    init(_ parameters: [RenderedSQL.Parameter]) {
        count = parameters.count
        for (index, parameter) in parameters.enumerated() {
            let place = Int32(clamping: index + 1)
            switch parameter {
            case .placeholder: placeholders.append(place)
            case .value(let value): values.append((place, value))
            }
        }
    }
}
