internal import StorageKit

/// An entry of an ordered index: by its value, and of equal values by its node.
struct OrderedEntry: TreeEntry {
    let value: GraphValue
    let node: NodeIndex

    static func < (left: OrderedEntry, right: OrderedEntry) -> Bool {
        let order = left.value.sorted(before: right.value)
        return order < 0 || order == 0 && left.node < right.node
    }
}

/// An entry of a hash index: by the hash of its value, and of equal hashes by its node.
///
/// The value is kept, so that a hash that two values share finds neither in place of the other.
struct HashedEntry: TreeEntry {
    let value: GraphValue
    let node: NodeIndex
    let hash: UInt64

    init(value: GraphValue, node: NodeIndex) {
        self.value = value
        self.node = node
        hash = value.worthHash
    }

    static func < (left: HashedEntry, right: HashedEntry) -> Bool {
        (left.hash, left.node.rawValue) < (right.hash, right.node.rawValue)
    }
}

extension GraphValue {
    /// A hash that is the same for values that ``isEqual(to:)`` takes for the same.
    var worthHash: UInt64 {
        var hasher = Hasher()
        hashWorth(into: &hasher)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// Each kind begins with a byte of its own, so that values of two kinds do not share a hash.
    private func hashWorth(into hasher: inout Hasher) {
        switch self {
        case .bool(let value):
            hasher.combine(0 as UInt8)
            hasher.combine(value)
        case .integer(let value): Self.hash(value, into: &hasher)
        case .double(let value):
            // A double that is a whole number is equal to it; so is zero of either sign.
            if let whole = Int64(exactly: value) { return Self.hash(whole, into: &hasher) }
            hasher.combine(2 as UInt8)
            hasher.combine(value.bitPattern)
        case .string(var text):
            hasher.combine(3 as UInt8)
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .bytes(let bytes):
            hasher.combine(4 as UInt8)
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        case .list(let values):
            hasher.combine(5 as UInt8)
            hasher.combine(values.count)
            for value in values { value.hashWorth(into: &hasher) }
        }
    }

    private static func hash(_ whole: Int64, into hasher: inout Hasher) {
        hasher.combine(1 as UInt8)
        hasher.combine(whole)
    }

    /// Whether it is equal to itself: not so of not-a-number, and of lists that have it.
    var isEqualToItself: Bool {
        switch self {
        case .double(let value): !value.isNaN
        case .list(let values): values.allSatisfy(\.isEqualToItself)
        default: true
        }
    }
}
