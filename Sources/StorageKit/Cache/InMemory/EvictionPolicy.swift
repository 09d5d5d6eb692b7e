/// Decides which entry has to go when a stripe of the cache is full.
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

    /// An entry was put in a slot that was empty.
    mutating func inserted(slot: Int, hash: Int)

    /// The entry in the slot was hit.
    mutating func accessed(slot: Int)

    /// The entry in the slot is gone, for whatever reason: evicted, expired, invalidated.
    mutating func removed(slot: Int)

    /// Names the slot to empty; asked only while some slot is in use.
    ///
    /// ``removed(slot:)`` follows for the same slot.
    mutating func victim() -> Int
}
