internal import StorageKit

/// A kind of value that consists of elements: it comes into being with the first of them, and its
/// key does not exist without one.
protocol StoredCollection: Sendable {
    /// Creates an empty collection.
    init()

    /// The collection in a value, or `nil` when that is of another kind.
    init?(_ value: StoredValue)

    /// The value that holds it.
    var stored: StoredValue { get }

    var isEmpty: Bool { get }
}

extension StoredHash: StoredCollection {
    init?(_ value: StoredValue) {
        guard case .hash(let hash) = value else { return nil }
        self = hash
    }

    var stored: StoredValue { .hash(self) }
    var isEmpty: Bool { fields.isEmpty }
}

extension StoredSet: StoredCollection {
    init?(_ value: StoredValue) {
        guard case .set(let set) = value else { return nil }
        self = set
    }

    var stored: StoredValue { .set(self) }
    var isEmpty: Bool { members.isEmpty }
}

extension SortedSetIndex: StoredCollection {
    init?(_ value: StoredValue) {
        guard case .sortedSet(let set) = value else { return nil }
        self = set
    }

    var stored: StoredValue { .sortedSet(self) }
}

extension RingBuffer: StoredCollection where Element == ByteString {
    init?(_ value: StoredValue) {
        guard case .list(let list) = value else { return nil }
        self = list
    }

    var stored: StoredValue { .list(self) }
}
