import StorageKit

extension ModelKeyValueState {
    func deadline(_ expiration: KeyExpiration, before: Duration?) -> Duration? {
        switch expiration {
        case .never: nil
        case .after(let time): now + rounded(time)
        case .unchanged: before
        }
    }

    /// The time rounded up to the resolution.
    private func rounded(_ time: Duration) -> Duration {
        let step = limits.timeToLiveResolution.attoseconds
        return Duration(attoseconds: (time.attoseconds + step - 1) / step * step)
    }

    func timeToLive(_ key: ByteString) -> TimeToLive {
        guard let entry = self[key] else { return .absent }
        guard let deadline = entry.deadline else { return .unlimited }
        return .remaining(rounded(deadline - now))
    }

    mutating func expire(_ key: ByteString, _ time: Duration) -> Bool {
        guard var entry = self[key] else { return false }
        entry.deadline = deadline(.after(time), before: nil)
        self[key] = entry
        return true
    }

    mutating func persist(_ key: ByteString) -> Bool {
        guard var entry = self[key], entry.deadline != nil else { return false }
        entry.deadline = nil
        self[key] = entry
        return true
    }

    mutating func getAndExpire(
        _ key: ByteString, _ expiration: KeyExpiration, _ operation: KeyValueOperation
    ) throws(StorageError) -> ByteString? {
        guard let value = try value(key, operation) else { return nil }
        write(key, value, expiration)
        return value
    }
}
