@testable import StorageKit

extension SharedCacheWorld {
    mutating func stepReader(_ number: Int) {
        switch readers[number].step {
        case .ask: ask(number)
        case .look: look(number)
        case .join: join(number)
        case .begin: begin(number)
        case .read: read(number)
        case .close: close(number)
        case .publish: publish(number)
        case .finish: finish(number)
        case .wait, .done: break
        }
    }

    /// Asks, and looks into the local tier where there is one.
    private mutating func ask(_ number: Int) {
        readers[number].floor = max(acknowledged, seen)
        if setup.hasTiers {
            if let local = processes[setup.readers[number]].local {
                return deliver(local, to: number)
            }
            readers[number].hasLocalTicket = true
            readers[number].step = .look
        } else {
            look(number)
        }
    }

    private mutating func look(_ number: Int) {
        let process = setup.readers[number]
        let token = setup.leasesOnRead ? newToken(of: process) : nil
        let step = SharedCacheRecord.lookUp(record, leasing: token.map(load), at: moment)
        record = step.record
        readers[number].step = .join
        switch step.answer {
        case .leased: processes[process].held = token
        case .entry(let entry):
            deliver(entry.content.payload.bytes[0], to: number)
            if !entry.isFresh(for: .zero, at: now) {
                // It has been served, and goes on to refresh on nobody's behalf.
                readers[number].isServed = true
                readers[number].step = .join
            }
        case .nothing, .unsure: break
        }
    }

    private mutating func join(_ number: Int) {
        let process = setup.readers[number]
        guard let leader = processes[process].joinable else {
            processes[process].joinable = number
            readers[number].step = .begin
            return
        }
        // Nobody waits for the refresh that he has joined.
        readers[number].step = readers[number].isServed ? .done : .wait
        readers[number].leader = readers[number].isServed ? nil : leader
    }

    private mutating func begin(_ number: Int) {
        let process = setup.readers[number]
        readers[number].step = .read
        if let held = processes[process].held {
            processes[process].held = nil
            readers[number].token = held
            return
        }
        let token = newToken(of: process)
        let step = SharedCacheRecord.beginLoad(
            record, load(token), unlessFreshFor: .zero, at: moment)
        record = step.record
        switch step.answer {
        case .leased:
            readers[number].token = token
            readers[number].remembered = cachedVersion
        case .entry(let entry):
            readers[number].value = entry.content.payload.bytes[0]
            readers[number].step = .finish
        case .nothing(.writing):
            if setup.rules != .joinUnderBarrier { detach(process) }
        case .nothing, .unsure: break
        }
    }

    private mutating func read(_ number: Int) {
        let lag: UInt8 = setup.replicaLags && primary > 0 ? 1 : 0
        readers[number].value = primary - lag
        readers[number].step = .close
    }

    /// Lets nobody join any more: what is published now is no proof for who asks later.
    private mutating func close(_ number: Int) {
        let process = setup.readers[number]
        if processes[process].joinable == number { processes[process].joinable = nil }
        readers[number].step = .publish
    }

    private mutating func publish(_ number: Int) {
        readers[number].step = .finish
        guard let value = readers[number].value else { return }
        switch setup.rules {
        case .cacheAside, .doubleDelete:
            storeAnyhow(value)
            readers[number].isStored = true
        case .refreshByValue where readers[number].remembered != nil:
            // v0 and v2 look the same.
            if let cached = cachedVersion, let old = readers[number].remembered,
                cached % 2 == old % 2
            {
                storeAnyhow(value)
            }
        default:
            guard let token = readers[number].token else { return }
            let step = SharedCacheRecord.publish(record, token, deposit(value), at: moment)
            record = step.record
            readers[number].isStored = step.answer
        }
    }

    private mutating func finish(_ number: Int) {
        let process = setup.readers[number]
        if processes[process].joinable == number { processes[process].joinable = nil }
        guard let value = readers[number].value else { return }
        let isGood = readers[number].isStored || setup.rules == .trustEveryLoad
        for waiter in readers.indices where readers[waiter].leader == number {
            readers[waiter].leader = nil
            if isGood {
                deliver(value, to: waiter)
            } else {
                readers[waiter].step = .join
            }
        }
        if readers[number].isServed {
            readers[number] = Reader(step: .done)
        } else {
            deliver(value, to: number)
        }
    }

    /// Gives a reader its outcome, and the local tier where its ticket is good.
    private mutating func deliver(_ value: UInt8, to number: Int) {
        if value < readers[number].floor, !setup.replicaLags {
            let floor = readers[number].floor
            complaint = "reader \(number) got v\(value) when v\(floor) bound it"
        }
        if readers[number].hasLocalTicket { processes[setup.readers[number]].local = value }
        if isStrict { seen = max(seen, value) }
        readers[number] = Reader(step: .done)
    }
}
