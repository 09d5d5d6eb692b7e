/// Decides which entry has to go when a stripe of the cache is full.
///
/// Pinned entries are none of its business: a policy is not told of them.
///
/// The stripe numbers its places from 0; a policy knows entries by these slots and keeps what it
/// needs in arrays beside them. It hears of everything that happens and never touches an entry
/// itself. All calls come under the stripe's lock, so a policy is a plain value, and each must take
/// amortised constant time.
///
/// The hash is that of the key: the same key inserted again has the same one. Policies that
/// remember what was evicted (ghost queues, frequency sketches) need it, the others ignore it.
@usableFromInline
protocol EvictionPolicy: Sendable {
    /// Creates a policy for a stripe of this many slots, none in use.
    init(capacity: Int)

    /// An entry that may be evicted is in the slot from now on.
    mutating func inserted(slot: Int, hash: Int)

    /// The entry in the slot was hit.
    mutating func accessed(slot: Int)

    /// The entry in the slot is gone or may not be evicted any more, for whatever reason.
    mutating func removed(slot: Int)

    /// The number of entries that may be evicted.
    var count: Int { get }

    /// Names the slot to empty; asked only while there is one.
    ///
    /// ``removed(slot:)`` follows for the same slot.
    mutating func victim() -> Int
}
