internal import StorageKit

/// What a key can hold.
enum StoredValue: Sendable {
    case bytes(ByteString)
    case hash(StoredHash)
    case sortedSet(SortedSetIndex)
    case list(RingBuffer<ByteString>)
    case set(StoredSet)

    /// What stands in for a value while it is being changed elsewhere; it allocates nothing.
    static let vacant = StoredValue.bytes(ByteString())
}

/// What a key holds, and when it vanishes.
struct StoredEntry: SlotValue {
    static let vacant = StoredEntry(content: .vacant, deadline: nil)

    var content: StoredValue
    var deadline: Duration?
}

/// The fields of a hash.
struct StoredHash: Sendable {
    var fields = SlotTable<ByteString>()
}

/// The members of a set.
struct StoredSet: Sendable {
    /// Being there is all there is to say of a member.
    struct Membership: SlotValue {
        static let vacant = Membership()
    }

    var members = SlotTable<Membership>()
}

extension ByteString: SlotValue {
    static var vacant: ByteString { ByteString() }
}
