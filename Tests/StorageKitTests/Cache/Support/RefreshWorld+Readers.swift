@testable import StorageKit

extension RefreshWorld {
    mutating func stepReader(_ number: Int) {
        switch readers[number].step {
        case .lookUp: lookUp(number)
        case .launch: launch(number)
        case .join: join(number)
        case .begin: begin(number)
        case .readPrimary:
            readers[number].value = window == .rescuing ? nil : primary
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
        let found = cache.get(key, now: now)
        readers[number].known = found?.value
        remembered = remembered ?? found?.value
        if let found, !found.isStale {
            answer(number, found.value)
        } else if window == .revalidating, found != nil {
            readers[number].answer = found?.value
            readers[number].isRefresh = true
            readers[number].step = .launch
        } else if rules == .rememberStale, let remembered {
            answer(number, remembered)
        } else {
            readers[number].step = .join
        }
    }

    private mutating func launch(_ number: Int) {
        readers[number].seat = flights.launch(0, load: number)
        readers[number].step = readers[number].seat == nil ? .done : .begin
    }

    private mutating func join(_ number: Int) {
        let seat = flights.join(0, load: number)
        readers[number].seat = seat
        readers[number].step = seat.isLeader ? .begin : .wait
        _ = flights.wait(seat, as: number)
    }

    private mutating func begin(_ number: Int) {
        readers[number].step = .readPrimary
        switch cache.beginLoad(key, now: now) {
        case .hit(let entry):
            readers[number].value = entry.value
            readers[number].step = .finish
        case .load(let ticket): readers[number].ticket = ticket
        case .bypass: if readers[number].isRefresh { giveUp(number) }
        }
    }

    private mutating func giveUp(_ number: Int) {
        let known = rules == .giveUpWithKnown ? readers[number].known : nil
        readers[number].value = known
        readers[number].step = .finish
    }

    private mutating func publish(_ number: Int) {
        guard let ticket = readers[number].ticket else { return }
        guard let value = readers[number].value else {
            return cache.abandonLoad(key, ticket: ticket)
        }
        if rules == .storeAnyhow { return store(value) }
        _ = cache.publish(entry(value), for: key, ticket: ticket, now: now)
    }

    /// What a cache without tickets does, with the means of one that has them.
    private mutating func store(_ value: Int) {
        cache.invalidate(key)
        guard case .load(let ticket) = cache.beginLoad(key, now: now) else { return }
        _ = cache.publish(entry(value), for: key, ticket: ticket, now: now)
    }

    /// Those who joined have the outcome too; one that is none sends those who joined a refresh
    /// that gave up to load for themselves.
    private mutating func finish(_ number: Int) {
        guard let seat = readers[number].seat else { return }
        let rescue = readers[number].value == nil && rules == .rescueAll
        let outcome = rescue ? readers[number].known : readers[number].value
        readers[number].ticket = nil
        if readers[number].isRefresh { readers[number].step = .done }
        for waiter in flights.finish(seat.flight, with: outcome) {
            if let outcome {
                answer(waiter, outcome)
            } else if readers[number].isRefresh {
                readers[waiter].step = .join
            } else {
                answer(waiter, readers[waiter].known)
            }
        }
    }

    private mutating func answer(_ number: Int, _ answer: Int?) {
        readers[number].answer = answer
        readers[number].step = .done
    }
}
