internal import StorageKit

/// Several stripes whose locks one caller holds: where what concerns more than one key is done.
///
/// Nobody else sees anything between its creation and the release of the locks, so all that is done
/// here is one atomic step.
///
/// Who is given a value, and which readers a message wakes, is noted in ``effects`` and carried out
/// when the locks are free: resuming a task can run somebody's executor.
struct LockedStripes {
    typealias Key = KeyValueStripe.Key

    /// What is to be done when the locks are free.
    private(set) var effects: [@Sendable () -> Void] = []

    private var states: [KeyValueStripe]
    /// Where the state of each stripe is; `nil` for those that are not locked.
    private let places: [Int?]
    private var time: OperationTime
    private let channels: ChannelHub
    /// Lists that were given values while somebody waits for them, in the order it happened.
    private var ready: RingBuffer<Key> = RingBuffer()

    init(
        states: [KeyValueStripe], places: [Int?], time: OperationTime, channels: ChannelHub
    ) {
        self.states = states
        self.places = places
        self.time = time
        self.channels = channels
    }

    /// The states, to be put back.
    consuming func takeStates() -> [KeyValueStripe] { states }

    /// Whether a key's stripe is one of them.
    private func holds(_ key: Key) -> Bool { places[key.hash & (places.count - 1)] != nil }

    /// Calls the body with a key's stripe.
    private mutating func on<Result>(
        _ key: Key,
        _ body: (inout KeyValueStripe, inout OperationTime) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        guard let place = places[key.hash & (places.count - 1)] else {
            throw StorageError(
                code: .internalError, message: "a stripe is not locked; report this as a defect")
        }
        return try body(&states[place], &time)
    }
}

// MARK: Operations

extension LockedStripes {
    /// Removes the keys of the stripes.
    mutating func removeAll() {
        for place in states.indices { states[place].removeAll() }
    }
}

extension LockedStripes {
    /// Does an operation whose stripes are locked.
    mutating func perform(
        _ operation: KeyValueOperation
    ) -> Result<KeyValueReply, StorageError> {
        if let reply = operation.immediateReply { return .success(reply) }
        do throws(StorageError) {
            return .success(try reply(to: operation))
        } catch {
            return .failure(error.adding(operation: operation.name))
        }
    }

    private mutating func reply(
        to operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .getMany(let keys): return .values(try values(keys))
        case .delete(let keys): return .integer(try delete(keys))
        case .scan(let prefix, let cursor, let limit):
            return .elementPage(try scan(prefix, cursor, limit))
        case .listMove(let source, let from, let target, let to):
            return .value(try move(Key(source), from, Key(target), to))
        case .combineSets(let combination, let keys):
            return .elements(combination.combine(try sets(keys)))
        case .publish(let payload, let channel): return .integer(publish(payload, channel))
        default: return try single(operation)
        }
    }

    private mutating func single(
        _ operation: KeyValueOperation
    ) throws(StorageError) -> KeyValueReply {
        let key = Key(operation.soleKey ?? ByteString())
        let reply = try on(key) { stripe, time throws(StorageError) in
            try stripe.perform(operation, on: key, at: &time)
        }
        if operation.isPush { noteReady(key) }
        return reply
    }

    /// A key of another kind counts as absent.
    private mutating func get(_ key: ByteString) throws(StorageError) -> ByteString? {
        let key = Key(key)
        return try on(key) { stripe, time in
            guard let slot = stripe.slot(of: key, at: &time) else { return nil }
            guard case .bytes(let value) = stripe.entries[slot].content else { return nil }
            return value
        }
    }

    private mutating func values(
        _ keys: [ByteString]
    ) throws(StorageError) -> [ByteString?] {
        var values: [ByteString?] = []
        values.reserveCapacity(keys.count)
        for key in keys { values.append(try get(key)) }
        return values
    }

    private mutating func delete(_ keys: [ByteString]) throws(StorageError) -> Int64 {
        var count: Int64 = 0
        for key in keys.lazy.map(Key.init) {
            count += try on(key) { stripe, time in
                stripe.sweep(at: &time)
                return stripe.remove(key, at: &time) ? 1 : 0
            }
        }
        return count
    }

    private mutating func sets(_ keys: [ByteString]) throws(StorageError) -> [StoredSet] {
        var sets: [StoredSet] = []
        for key in keys.lazy.map(Key.init) {
            let set = try on(key) { stripe, time throws(StorageError) in
                try stripe.collection(StoredSet.self, key, at: &time)
            }
            sets.append(set)
        }
        return sets
    }

    /// Every stripe is locked.
    private mutating func scan(
        _ prefix: ByteString, _ cursor: ScanCursor?, _ limit: Int
    ) throws(StorageError) -> ScanPage<ByteString> {
        var scan = try KeyScan(
            prefix: prefix, after: cursor, limit: limit, stripes: states.count)
        while let stripe = scan.stripe { scan.visit(states[stripe], of: states.count, at: &time) }
        return scan.page
    }

    private mutating func publish(_ payload: ByteString, _ channel: ByteString) -> Int64 {
        let (count, wakes) = channels.publish(ChannelMessage(channel: channel, payload: payload))
        if !wakes.isEmpty { effects.append { wakes.resume() } }
        return Int64(count)
    }
}

// MARK: Moving

extension LockedStripes {
    /// Moves a value; nothing is taken when the target is no list.
    private mutating func move(
        _ source: Key, _ from: ListEnd, _ target: Key, _ to: ListEnd
    ) throws(StorageError) -> ByteString? {
        guard try count(source) > 0 else { return nil }
        _ = try count(target)
        let value = try source == target ? turn(source, from, to) : pop(source, from)
        guard let value, source != target else { return value }
        _ = try on(target) { stripe, time throws(StorageError) in
            try stripe.push([value], to: target, to, at: &time)
        }
        noteReady(target)
        return value
    }

    private mutating func count(_ key: Key) throws(StorageError) -> Int {
        try on(key) { stripe, time throws(StorageError) in
            try stripe.collection(KeyValueStripe.List.self, key, at: &time).count
        }
    }

    private mutating func pop(_ key: Key, _ end: ListEnd) throws(StorageError) -> ByteString? {
        try on(key) { stripe, time throws(StorageError) in
            stripe.sweep(at: &time)
            return try stripe.pop(key, end, at: &time)
        }
    }

    /// Moves a value within a list, which exists all the while and so keeps its deadline.
    private mutating func turn(
        _ key: Key, _ from: ListEnd, _ to: ListEnd
    ) throws(StorageError) -> ByteString? {
        try on(key) { stripe, time throws(StorageError) in
            try stripe.change(KeyValueStripe.List.self, key, at: &time) { list in
                let value = list.pop(from)
                if let value { list.push(value, to) }
                return value
            }
        }
    }
}

// MARK: Waiting

extension LockedStripes {
    /// The keys that those who wait for these lists would move values to, and so on, whose stripes
    /// are not locked: without them they could not be served in the same step.
    func missingTargets(of keys: [Key]) -> [Key] {
        var (known, missing) = (Set(keys), [Key]())
        var open = keys
        while let key = open.popLast() {
            for target in targets(of: key) where known.insert(target).inserted {
                if holds(target) { open.append(target) } else { missing.append(target) }
            }
        }
        return missing
    }

    private func targets(of key: Key) -> [Key] {
        guard let place = places[key.hash & (places.count - 1)] else { return [] }
        return states[place].waiting[key]?.targets ?? []
    }

    /// What the waiter asks for if it is there, or an error; else `nil`, and it waits from now on.
    mutating func serveOrEnqueue(_ waiter: ListWaiter) -> ListWaiter.Outcome? {
        do throws(StorageError) {
            for key in waiter.sources where try count(key) > 0 {
                return .success(try take(for: waiter, from: key))
            }
            for key in Set(waiter.sources) {
                try on(key) { stripe, _ in stripe.waiting[key, default: .init()].append(waiter) }
            }
            return nil
        } catch {
            return .failure(error)
        }
    }

    /// Gives the values that lists were given to those who wait, whoever waits longest first.
    mutating func serveWaiters() {
        while let key = ready.popFirst() {
            while let waiter = nextWaiter(for: key) {
                let outcome = ListWaiter.Outcome { () throws(StorageError) in
                    try take(for: waiter, from: key)
                }
                effects.append { waiter.deliver(outcome) }
            }
        }
    }

    private mutating func noteReady(_ key: Key) {
        let isAwaited = try? on(key) { stripe, _ in stripe.waiting[key] != nil }
        if isAwaited == true { ready.append(key) }
    }

    /// Claims who waits longest for a list that has a value.
    private mutating func nextWaiter(for key: Key) -> ListWaiter? {
        guard let count = try? count(key), count > 0 else { return nil }
        let waiter = try? on(key) { stripe, _ in
            let waiter = stripe.waiting[key]?.claimFirst()
            if stripe.waiting[key]?.isEmpty == true { stripe.waiting[key] = nil }
            return waiter
        }
        return waiter ?? nil
    }

    /// Takes the value for a waiter; the list has one.
    private mutating func take(
        for waiter: ListWaiter, from key: Key
    ) throws(StorageError) -> ListElement? {
        let value =
            if let target = waiter.target {
                try move(key, waiter.end, target.key, target.end)
            } else {
                try pop(key, waiter.end)
            }
        return value.map { ListElement(key: key.key, value: $0) }
    }
}
