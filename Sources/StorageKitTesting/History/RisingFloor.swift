/// The highest version of the events that ended before a moment, for any moment.
struct RisingFloor {
    typealias Event = CacheStaleness.Event

    /// In the order of their ends, without those that an earlier one surpasses.
    private var steps: [(event: Event, version: Int)] = []

    /// Sorts the events, in O(*n* log *n*).
    init(_ events: [(Event, Int)]) {
        for (event, version) in events.sorted(by: { $0.0.end < $1.0.end })
        where version > steps.last?.version ?? 0 {
            steps.append((event, version))
        }
    }

    /// The event with the highest version that ended before the moment, in O(log *n*).
    func highest(before moment: Int) -> Event? { last(before: moment)?.event }

    /// That event if its version is higher than this one, in O(log *n*).
    func above(_ version: Int, before moment: Int) -> Event? {
        guard let last = last(before: moment), last.version > version else { return nil }
        return last.event
    }

    private func last(before moment: Int) -> (event: Event, version: Int)? {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].event.end < moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : steps[low - 1]
    }
}
