@testable import StorageKit

extension SharedCacheWorld {
    mutating func stepReader(_ number: Int) {
        switch readers[number].step {
        case .ask: ask(number)
        case .look: look(number)
        case .join: join(number)
        case .begin: begin(number)
        case .depart:
            detach(setup.readers[number])
            readers[number].step = .read
        case .read: read(number)
        case .close:
            detach(setup.readers[number])
            readers[number].step = .publish
        case .publish: publish(number)
        case .finish: finish(number)
        case .wait, .done: break
        }
    }

    /// Asks, and looks into the local tier where there is one.
    private mutating func ask(_ number: Int) {
        readers[number].floor = bound
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
            if !entry.isFresh(for: .zero, at: Self.now) {
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

    /// Who is told that others load, and waits for them, has begun when he asks for the last time.
    private mutating func begin(_ number: Int) {
        let process = setup.readers[number]
        if let held = processes[process].held {
            processes[process].held = nil
            readers[number].token = held
            readers[number].step = .read
            return
        }
        let token = newToken(of: process)
        let step = SharedCacheRecord.beginLoad(
            record, load(token), unlessFreshFor: .zero, at: moment)
        record = step.record
        switch step.answer {
        case .leased:
            readers[number].token = token
            readers[number].step = .read
            if setup.rules == .refreshByValue { readers[number].remembered = cachedVersion }
        case .entry(let entry):
            readers[number].value = entry.content.payload.bytes[0]
            readers[number].step = .finish
        case .nothing, .unsure:
            // A refresh gives up.
            let isWritten = step.answer == .nothing(.writing)
            readers[number].step =
                readers[number].isServed ? .finish : isWritten ? .depart : .read
        }
    }

    private mutating func read(_ number: Int) {
        let lag: UInt8 = setup.replicaLags && primary > 0 ? 1 : 0
        readers[number].value = primary - lag
        readers[number].step = .close
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
            let isRegistered = isRegistered(number)
            if isRegistered, setup.rules == .epochOfPublication { record?.move(to: epoch) }
            let step = SharedCacheRecord.publish(record, token, deposit(value), at: moment)
            record = step.record
            readers[number].isStored =
                step.answer || isRegistered && setup.rules == .trustTaggedLoads
        }
    }

    private mutating func finish(_ number: Int) {
        let process = setup.readers[number]
        if processes[process].joinable == number { processes[process].joinable = nil }
        let leader = readers[number]
        let isGood = leader.isStored || setup.rules == .trustEveryLoad
        for waiter in readers.indices where readers[waiter].leader == number {
            readers[waiter].leader = nil
            if isGood, let value = leader.value {
                deliver(value, to: waiter)
            } else {
                readers[waiter].step = .join
            }
        }
        if let value = leader.value, !leader.isServed {
            deliver(value, to: number)
        } else {
            readers[number] = Reader(step: .done)
        }
    }

    /// Gives a reader its outcome, and the local tier where its ticket is good.
    private mutating func deliver(_ value: UInt8, to number: Int) {
        if value < readers[number].floor, !setup.replicaLags { complaint = .read }
        if readers[number].hasLocalTicket { processes[setup.readers[number]].local = value }
        if setup.isStrict { seen = max(seen, value) }
        readers[number] = Reader(step: .done)
    }
}

extension SharedCacheRecord {
    /// Makes a lease or an entry belong to another epoch.
    fileprivate mutating func move(to epoch: SharedCacheEpoch) {
        switch self {
        case .lease(var lease):
            lease.epoch = epoch
            self = .lease(lease)
        case .entry(var entry):
            entry.epoch = epoch
            self = .entry(entry)
        case .barrier, .floor: break
        }
    }
}
