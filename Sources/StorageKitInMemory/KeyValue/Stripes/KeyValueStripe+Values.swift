internal import StorageKit

// MARK: Reading and writing

extension KeyValueStripe {
    mutating func get(
        _ key: Key, at time: inout OperationTime
    ) throws(StorageError) -> ByteString? {
        guard let slot = slot(of: key, at: &time) else { return nil }
        return try bytes(inSlot: slot)
    }

    /// The value of a key; asks for the time only when the key is one that vanishes.
    mutating func get(
        _ key: Key, at time: @autoclosure () -> OperationTime
    ) throws(StorageError) -> ByteString? {
        guard let slot = entries.slot(of: key) else { return nil }
        if deadline(ofSlot: slot) == nil { return try bytes(inSlot: slot) }
        var time = time()
        return try get(key, at: &time)
    }

    mutating func set(
        _ key: Key, to value: ByteString, _ expiration: KeyExpiration,
        at time: inout OperationTime
    ) {
        write(value, expiration, key, slot: slot(of: key, at: &time), at: &time)
    }

    private mutating func write(
        _ value: ByteString, _ expiration: KeyExpiration, _ key: Key, slot: Int?,
        at time: inout OperationTime
    ) {
        let deadline = deadline(expiration, ofSlot: slot, at: &time)
        store(value, for: key, slot: slot, deadline: deadline)
    }

    private func deadline(
        _ expiration: KeyExpiration, ofSlot slot: Int?, at time: inout OperationTime
    ) -> Duration? {
        switch expiration {
        case .never: nil
        case .after(let duration): time.deadline(after: duration)
        case .unchanged: slot.flatMap { entries[$0].deadline }
        }
    }
}

// MARK: Conditions

extension KeyValueStripe {
    mutating func set(
        _ key: Key, to value: ByteString, _ expiration: KeyExpiration,
        if condition: WriteCondition, at time: inout OperationTime
    ) throws(StorageError) -> Bool {
        let slot = slot(of: key, at: &time)
        guard try holds(condition, slot) else { return false }
        write(value, expiration, key, slot: slot, at: &time)
        return true
    }

    private func holds(_ condition: WriteCondition, _ slot: Int?) throws(StorageError) -> Bool {
        switch condition {
        case .absent: return slot == nil
        case .present: return slot != nil
        case .equal(let expected):
            guard let slot else { return false }
            return try bytes(inSlot: slot) == expected
        }
    }

    mutating func remove(
        _ key: Key, ifEqualTo expected: ByteString, at time: inout OperationTime
    ) throws(StorageError) -> Bool {
        let slot = slot(of: key, at: &time)
        guard let slot, try bytes(inSlot: slot) == expected else { return false }
        remove(slot: slot)
        return true
    }

    mutating func exchange(
        _ key: Key, with value: ByteString, _ expiration: KeyExpiration,
        at time: inout OperationTime
    ) throws(StorageError) -> ByteString? {
        let slot = slot(of: key, at: &time)
        var old: ByteString?
        if let slot { old = try bytes(inSlot: slot) }
        write(value, expiration, key, slot: slot, at: &time)
        return old
    }

    mutating func take(
        _ key: Key, at time: inout OperationTime
    ) throws(StorageError) -> ByteString? {
        guard let slot = slot(of: key, at: &time) else { return nil }
        let value = try bytes(inSlot: slot)
        remove(slot: slot)
        return value
    }
}

// MARK: Expiry

extension KeyValueStripe {
    mutating func timeToLive(of key: Key, at time: inout OperationTime) -> TimeToLive {
        guard let slot = slot(of: key, at: &time) else { return .absent }
        guard let deadline = entries[slot].deadline else { return .unlimited }
        return .remaining(time.remaining(until: deadline))
    }

    mutating func expire(
        _ key: Key, after duration: Duration, at time: inout OperationTime
    ) -> Bool {
        guard let slot = slot(of: key, at: &time) else { return false }
        setDeadline(time.deadline(after: duration), ofSlot: slot)
        return true
    }

    mutating func persist(_ key: Key, at time: inout OperationTime) -> Bool {
        guard let slot = slot(of: key, at: &time), entries[slot].deadline != nil else {
            return false
        }
        setDeadline(nil, ofSlot: slot)
        return true
    }

    mutating func get(
        _ key: Key, expires expiration: KeyExpiration, at time: inout OperationTime
    ) throws(StorageError) -> ByteString? {
        guard let slot = slot(of: key, at: &time) else { return nil }
        let value = try bytes(inSlot: slot)
        setDeadline(deadline(expiration, ofSlot: slot, at: &time), ofSlot: slot)
        return value
    }
}

// MARK: Counters

extension KeyValueStripe {
    mutating func increment(
        _ key: Key, by amount: Int64, at time: inout OperationTime
    ) throws(StorageError) -> Int64 {
        let slot = slot(of: key, at: &time)
        var old: ByteString?
        if let slot { old = try bytes(inSlot: slot) }
        let sum = try CounterText.sum(of: old, and: amount)
        replaceBytes(CounterText.text(sum), for: key, slot: slot)
        return sum
    }

    mutating func increment(
        _ key: Key, by amount: Double, at time: inout OperationTime
    ) throws(StorageError) -> Double {
        let slot = slot(of: key, at: &time)
        var old: ByteString?
        if let slot { old = try bytes(inSlot: slot) }
        let sum = try CounterText.sum(of: old, and: amount)
        replaceBytes(CounterText.text(sum), for: key, slot: slot)
        return sum
    }
}

extension CounterText {
    /// The sum of a value, zero when there is none, and an amount.
    static func sum(of value: ByteString?, and amount: Int64) throws(StorageError) -> Int64 {
        guard let value else { return amount }
        guard let number = integer(value) else { throw .noNumber("an integer") }
        let (sum, overflow) = number.addingReportingOverflow(amount)
        guard !overflow else { throw .sumOutOfRange() }
        return sum
    }

    /// The sum of a value, zero when there is none, and an amount.
    static func sum(of value: ByteString?, and amount: Double) throws(StorageError) -> Double {
        guard let value else { return amount }
        guard let number = number(value) else { throw .noNumber("a number") }
        guard (number + amount).isFinite else { throw .sumOutOfRange() }
        return number + amount
    }
}
