internal import StorageKit

/// The time at which an operation, or a whole batch, happens: read when it is first asked for, and
/// then the same.
///
/// Most operations meet no key that vanishes, and reading a clock costs as much as a lookup.
struct OperationTime: Sendable {
    private let clock: MonotonicReading
    private let resolution: Duration
    private var reading: Duration?

    init(_ clock: MonotonicReading, resolution: Duration) {
        self.clock = clock
        self.resolution = resolution
    }

    var now: Duration {
        mutating get {
            if let reading { return reading }
            let now = clock.now
            reading = now
            return now
        }
    }

    /// When what has this time to live vanishes.
    mutating func deadline(after time: Duration) -> Duration {
        now + time.roundedUp(to: resolution)
    }

    /// How long it is until a deadline.
    mutating func remaining(until deadline: Duration) -> Duration {
        (deadline - now).roundedUp(to: resolution)
    }
}

extension Duration {
    /// The smallest multiple of a unit that is not less than this positive duration.
    func roundedUp(to unit: Duration) -> Duration {
        guard unit > .zero else { return self }
        let units = (attoseconds + unit.attoseconds - 1) / unit.attoseconds
        return Duration(attoseconds: units * unit.attoseconds)
    }
}
