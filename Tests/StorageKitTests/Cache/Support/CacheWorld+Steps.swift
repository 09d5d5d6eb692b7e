@testable import StorageKit

// MARK: Readers

extension CacheWorld {
    mutating func stepReader(_ number: Int) {
        switch readers[number].step {
        case .lookUp: lookUp(number)
        case .join: join(number)
        case .begin: begin(number)
        case .readPrimary:
            readers[number].value = primary
            readers[number].step = .publish
        case .publish:
            publish(number)
            readers[number].step = .finish
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
        switch cache.beginLoad(key, now: now) {
        case .hit(let entry):
            readers[number].value = entry.value
            readers[number].step = .finish
        case .load(let ticket): readers[number].ticket = ticket
        case .bypass: break
        }
    }

    private mutating func publish(_ number: Int) {
        guard let value = readers[number].value else { return }
        switch rules {
        case .cacheAside: storeAnyhow(value)
        case .ticketPerClient: publish(value, cache.ticket(of: key))
        default: publish(value, readers[number].ticket)
        }
    }

    private mutating func publish(_ value: Int, _ ticket: InMemoryCache<Int, Int>.Ticket?) {
        guard let ticket else { return }
        let entry = CacheEntry(value, timeToLive: .seconds(5))
        _ = cache.publish(entry, for: key, ticket: ticket, now: now)
    }

    /// What a cache without tickets does, with the means of one that has them.
    mutating func storeAnyhow(_ value: Int) {
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
    mutating func stepWriter(_ number: Int) {
        switch writers[number].step {
        case 0:
            primary += 1
            writers[number].version = primary
        case 1: rules == .detachFirst ? detach() : remove()
        default:
            rules == .detachFirst ? remove() : detach()
            acknowledged = max(acknowledged, writers[number].version)
        }
        writers[number].step += 1
    }

    private mutating func remove() {
        let ticket = cache.ticket(of: key)
        let owner = readers.firstIndex { $0.ticket != nil && $0.ticket == ticket }
        cache.invalidate(key)
        cache.removed = []
        guard rules == .keepRegistration, let owner else { return }
        if case .load(let kept) = cache.beginLoad(key, now: now) { readers[owner].ticket = kept }
    }

    private mutating func detach() {
        if rules != .neverDetach { flights.detach(0) }
    }
}
