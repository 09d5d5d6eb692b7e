@testable import StorageKit

// MARK: Readers

extension CacheWorld {
    mutating func stepReader(_ number: Int) {
        switch readers[number].step {
        case .lookUp: lookUp(number)
        case .join: join(number)
        case .begin: begin(number)
        case .readPrimary: readPrimary(number)
        case .publish: publish(number)
        case .finish: finish(number)
        case .wait, .done: break
        }
    }

    private mutating func lookUp(_ number: Int) {
        readers[number].floor = acknowledged
        if let entry = cache.get(key, now: now) {
            readers[number].value = entry.value
            readers[number].step = .done
        } else {
            readers[number].step = .join
        }
    }

    private mutating func join(_ number: Int) {
        let seat = flights.join(0, load: number)
        readers[number].seat = seat
        readers[number].step = seat.isLeader ? .begin : .wait
        if !seat.isLeader { _ = flights.wait(seat, as: number) }
    }

    private mutating func begin(_ number: Int) {
        readers[number].step = .readPrimary
        let demanded: Duration? = readers[number].isRefresh ? nil : .zero
        switch cache.beginLoad(key, unlessFreshFor: demanded, now: now) {
        case .hit(let entry):
            readers[number].value = entry.value
            readers[number].step = .finish
        case .load(let ticket): readers[number].ticket = ticket
        case .bypass(.writing): flights.detach(0)
        case .bypass: break
        }
    }

    private mutating func readPrimary(_ number: Int) {
        let isLate = setup.lags && number == setup.readers
        readers[number].value = max(0, primary - (isLate ? 1 : 0))
        readers[number].step = .publish
    }

    private mutating func publish(_ number: Int) {
        readers[number].step = readers[number].isRefresh ? .done : .finish
        guard let value = readers[number].value else { return }
        switch setup.rules {
        case .cacheAside: put(value)
        case .ticketPerClient: publish(value, cache.ticket(of: key))
        default: publish(value, readers[number].ticket)
        }
    }

    private mutating func publish(_ value: Int, _ ticket: InMemoryCache<Int, Int>.Ticket?) {
        guard let ticket else { return }
        _ = cache.publish(entry(value), for: key, ticket: ticket, now: now)
    }

    private func entry(_ version: Int) -> CacheEntry<Int> {
        CacheEntry(
            version, timeToLive: .seconds(5),
            version: setup.hasVersions ? CacheVersion(Int64(version)) : nil)
    }

    /// What a cache without tickets does, with the means of one that has them.
    mutating func put(_ value: Int) {
        cache.invalidate(key)
        guard case .load(let ticket) = cache.beginLoad(key, now: now) else { return }
        publish(value, ticket)
    }

    private mutating func finish(_ number: Int) {
        guard let seat = readers[number].seat, let value = readers[number].value else { return }
        readers[number].step = .done
        for waiter in flights.finish(seat.flight, with: value) {
            readers[waiter].value = value
            readers[waiter].step = .done
        }
    }
}

// MARK: Writers

extension CacheWorld {
    enum WriterStep { case beginWrite, commit, tell, detach }

    /// Whoever has taken the last of the steps has acknowledged his write.
    func plan(_ number: Int) -> [WriterStep] {
        if setup.writers[number] == .strict {
            return [.beginWrite, .detach, .commit, .tell, .detach]
        }
        return setup.rules == .detachFirst ? [.commit, .detach, .tell] : [.commit, .tell, .detach]
    }

    mutating func stepWriter(_ number: Int) {
        let plan = plan(number)
        switch plan[writers[number].step] {
        case .beginWrite: beginWrite(number)
        case .commit:
            primary += 1
            writers[number].version = primary
        case .tell: tell(number)
        case .detach: if setup.rules != .neverDetach { flights.detach(0) }
        }
        writers[number].step += 1
        guard writers[number].step == plan.count else { return }
        acknowledged = max(acknowledged, writers[number].version)
    }

    private mutating func beginWrite(_ number: Int) {
        if setup.rules == .noBarrier { return cache.invalidate(key) }
        writers[number].barrier = cache.beginWrite(key, lasting: .seconds(5), now: now)
    }

    /// Tells the cache of a write.
    private mutating func tell(_ number: Int) {
        let load = cache.loads[key]
        let version = writers[number].version
        if setup.writers[number] == .versioned {
            record(version)
        } else if let barrier = writers[number].barrier {
            if setup.rules == .uncontended { cache.barriers[key]?.isContended = false }
            cache.endWrite(key, barrier, leaving: entry(version), now: now)
        } else {
            cache.invalidate(key)
        }
        if setup.rules == .keepRegistration { cache.loads[key] = load }
    }

    private mutating func record(_ version: Int) {
        if setup.rules == .putWhereNothingIs { return put(version) }
        let hasFloor = setup.lags && setup.rules != .noFloor
        let floor: Duration = hasFloor ? .seconds(100) : .zero
        cache.recordWrite(
            key, CacheVersion(Int64(version)), leaving: entry(version), refusingOlderFor: floor,
            now: now)
    }
}
