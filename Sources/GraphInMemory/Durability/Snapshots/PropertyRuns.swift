internal import StorageKit

/// Properties on their way from a snapshot into a state: values of a key for places that follow
/// each other, which are loaded together.
struct PropertyRuns {
    struct Run {
        let key: KeySymbol
        let first: UInt32
        fileprivate(set) var values: [GraphValue] = []

        /// The values as they are loaded fastest: typed, if they are of one type.
        var column: PropertyValues {
            let column: PropertyValues? =
                switch values.first {
                case .bool: typed(\.asBool).map { .bools($0) }
                case .integer: typed(\.asInteger).map { .integers($0) }
                case .double: typed(\.asDouble).map { .doubles($0) }
                case .string: typed(\.asString).map { .strings($0) }
                default: nil
                }
            return column ?? .mixed(values)
        }

        private func typed<Value>(_ content: (GraphValue) -> Value?) -> [Value]? {
            let typed = values.compactMap(content)
            return typed.count == values.count ? typed : nil
        }
    }

    private static let maximumCount = 1 << 16

    /// The run of each key that may be gone on with.
    private var open: [Run]
    private var closed: [Run] = []

    init(keyCount: Int) {
        open = (0..<keyCount).map { Run(key: KeySymbol(UInt32($0)), first: 0) }
    }

    /// Adds a value of a key that is known.
    mutating func add(_ key: KeySymbol, of place: UInt32, _ value: GraphValue) {
        let slot = Int(key.rawValue)
        let count = open[slot].values.count
        if count == 0 || Int(open[slot].first) + count != Int(place) || count == Self.maximumCount {
            close(slot)
            open[slot] = Run(key: key, first: place)
        }
        open[slot].values.append(value)
    }

    private mutating func close(_ slot: Int) {
        if !open[slot].values.isEmpty { closed.append(open[slot]) }
    }

    /// All runs, each once.
    mutating func finish() -> [Run] {
        for slot in open.indices {
            close(slot)
            open[slot] = Run(key: open[slot].key, first: 0)
        }
        defer { closed = [] }
        return closed
    }
}

extension GraphValue {
    fileprivate var asBool: Bool? { if case .bool(let value) = self { value } else { nil } }
    fileprivate var asInteger: Int64? { if case .integer(let value) = self { value } else { nil } }
    fileprivate var asDouble: Double? { if case .double(let value) = self { value } else { nil } }
    fileprivate var asString: String? { if case .string(let value) = self { value } else { nil } }
}
