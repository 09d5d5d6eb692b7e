internal import StorageKit

/// One stripe of an ``InMemoryKeyValueStore`` as a value: keys, what they hold, and who waits.
///
/// It knows no lock and no clock. Its owner holds the lock for the whole of a call; the time comes
/// with it.
///
/// * **Vanished keys** are removed by whoever meets them, so no operation sees one. Those that
///   nobody asks for are found by ``sweep(at:)``: each write looks at the next few slots, so that
///   what has vanished is gone after a quarter as many writes as there are keys.
/// * **Collections change in place.** ``change(_:_:at:_:)`` takes a collection out of its slot, so
///   that it is the only owner of the storage, and puts it back, or removes the key when nothing is
///   left.
struct KeyValueStripe: Sendable {
    typealias Key = HashedKey<ByteString>

    private(set) var entries = SlotTable<StoredEntry>()

    /// How many keys have a deadline.
    private(set) var deadlines = 0

    /// The slot that was looked at last by the sweep.
    private var hand = 0

    /// Who waits for a list, by its key.
    var waiting: [Key: ListWaiterQueue] = [:]

    init() {}
}

// MARK: Keys

extension KeyValueStripe {
    /// How many keys exist, in linear time.
    mutating func count(at time: inout OperationTime) -> Int {
        guard deadlines > 0 else { return entries.count }
        let now = time.now
        var count = 0
        entries.forEach { _, entry in count += entry.exists(at: now) ? 1 : 0 }
        return count
    }

    /// The slot of a key that exists; removes one that has vanished.
    mutating func slot(of key: Key, at time: inout OperationTime) -> Int? {
        guard let slot = entries.slot(of: key) else { return nil }
        guard let deadline = deadline(ofSlot: slot), deadline <= time.now else { return slot }
        remove(slot: slot)
        return nil
    }

    /// Removes a key.
    ///
    /// - Returns: Whether it existed.
    mutating func remove(_ key: Key, at time: inout OperationTime) -> Bool {
        guard let slot = slot(of: key, at: &time) else { return false }
        remove(slot: slot)
        return true
    }

    mutating func remove(slot: Int) {
        if entries[slot].deadline != nil { deadlines -= 1 }
        entries.remove(slot: slot)
    }

    mutating func removeAll() {
        entries = SlotTable()
        (deadlines, hand) = (0, 0)
    }

    func deadline(ofSlot slot: Int) -> Duration? { entries.part(ofSlot: slot) { $0.deadline } }

    mutating func setDeadline(_ deadline: Duration?, ofSlot slot: Int) {
        deadlines += (deadline == nil ? 0 : 1) - (entries[slot].deadline == nil ? 0 : 1)
        entries[slot].deadline = deadline
    }

    /// Writes a value over whatever the slot holds, or into a new one.
    mutating func store(_ value: ByteString, for key: Key, slot: Int?, deadline: Duration?) {
        guard let slot else {
            deadlines += deadline == nil ? 0 : 1
            entries.insert(StoredEntry(content: .bytes(value), deadline: deadline), for: key)
            return
        }
        setDeadline(deadline, ofSlot: slot)
        entries[slot].content = .bytes(value)
    }

    /// Writes a value over the one in a slot, or into a new slot; a deadline stays.
    mutating func replaceBytes(_ value: ByteString, for key: Key, slot: Int?) {
        store(value, for: key, slot: slot, deadline: slot.flatMap { entries[$0].deadline })
    }

    /// Removes what has vanished among the next few keys.
    mutating func sweep(at time: inout OperationTime) {
        guard deadlines > 0 else { return }
        for _ in 0..<min(4, entries.slotCount) {
            hand = hand + 1 < entries.slotCount ? hand + 1 : 0
            guard let deadline = deadline(ofSlot: hand), deadline <= time.now else { continue }
            remove(slot: hand)
            if entries.isEmpty { return }
        }
    }
}

// MARK: Values of a kind

extension KeyValueStripe {
    /// The bytes in a slot.
    func bytes(inSlot slot: Int) throws(StorageError) -> ByteString {
        let value = entries.part(ofSlot: slot) { entry -> ByteString? in
            if case .bytes(let value) = entry.content { value } else { nil }
        }
        guard let value else { throw .wrongType() }
        return value
    }

    /// The collection under a key to be read, or an empty one.
    mutating func collection<Collection: StoredCollection>(
        _ type: Collection.Type, _ key: Key, at time: inout OperationTime
    ) throws(StorageError) -> Collection {
        guard let slot = slot(of: key, at: &time) else { return Collection() }
        guard let found = Collection(entries[slot].content) else { throw .wrongType() }
        return found
    }

    /// Changes the collection under a key in place; a key with nothing left is removed, and one
    /// that does not exist is made when there is something.
    ///
    /// The body must not change the collection when it throws.
    mutating func change<Collection: StoredCollection, Result>(
        _ type: Collection.Type, _ key: Key, at time: inout OperationTime,
        _ body: (inout Collection) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        let slot = slot(of: key, at: &time)
        var collection = try takeOut(type, slot)
        defer { putBack(collection, for: key, slot: slot) }
        return try body(&collection)
    }

    private mutating func takeOut<Collection: StoredCollection>(
        _ type: Collection.Type, _ slot: Int?
    ) throws(StorageError) -> Collection {
        guard let slot else { return Collection() }
        guard let found = Collection(entries[slot].content) else { throw .wrongType() }
        entries[slot].content = .vacant
        return found
    }

    private mutating func putBack(_ collection: some StoredCollection, for key: Key, slot: Int?) {
        switch (slot, collection.isEmpty) {
        case (let slot?, true): remove(slot: slot)
        case (let slot?, false): entries[slot].content = collection.stored
        case (nil, true): break
        case (nil, false):
            entries.insert(StoredEntry(content: collection.stored, deadline: nil), for: key)
        }
    }
}

extension StoredEntry {
    func exists(at now: Duration) -> Bool { deadline.map { now < $0 } ?? true }
}
