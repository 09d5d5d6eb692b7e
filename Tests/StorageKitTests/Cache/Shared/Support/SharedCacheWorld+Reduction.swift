@testable import StorageKit

// Steps that are taken at once, with nobody else's in between.
//
// Such a step changes nothing that anybody else's steps look at before it, and whatever they do
// leaves it what it is: any run in which it is taken later can be rearranged into one in which it
// is taken now and which comes to the same state. A process that dies before it leaves the same
// world as one that dies after it.
//
// * To let nobody join any more, where nobody of the process is left who could.
// * To read the primary when nobody will commit any more, or for a load whose value is for itself
//   alone: its floor is lower than whatever it can read, and nothing else depends on the value.
// * To publish with a token that is not registered: no token is registered twice, so the record is
//   left as it is, now and later.
// * To finish a load that nobody can join any more: those who wait are given the value, or join
//   again, and can do so whenever they like.
// * To acknowledge a write. It only makes more of what can happen wrong, so a run in which it comes
//   later finds nothing that this one does not.

extension SharedCacheWorld: ReducedWorld {
    mutating func settle() -> String? {
        while let local = localStep {
            if let what = take(local) { return what }
        }
        return nil
    }

    private var localStep: Int? {
        for number in readers.indices where isLocal(number) { return number }
        for number in writers.indices where writers[number].step < plans[number].count {
            if plans[number][writers[number].step] == .acknowledge { return readers.count + number }
        }
        return nil
    }

    private func isLocal(_ number: Int) -> Bool {
        switch readers[number].step {
        case .depart, .close: !someoneMayJoin(besides: number)
        case .read: !hasCommitsToCome || isVain(number)
        case .publish: setup.goesByToken && !isRegistered(number)
        case .finish: !canBeJoined(number) && !isHeard(number)
        case .ask, .look, .join, .wait, .begin, .done: false
        }
    }

    /// Whether the primary may still change: a writer that is not dead has committed nothing yet.
    private var hasCommitsToCome: Bool {
        for number in writers.indices where writers[number].step < plans[number].count {
            if writers[number].version == 0 { return true }
        }
        return false
    }

    /// Whether what it reads is for nobody but itself: neither stored nor given to who joined, and
    /// of no weight for anybody else.
    func isVain(_ number: Int) -> Bool {
        let reader = readers[number]
        return setup.goesByToken && setup.rules != .trustEveryLoad && !isRegistered(number)
            && !reader.isStored && !reader.hasLocalTicket && !binds(reader.value)
    }

    /// Whether something changes for others when it, or who waits for it, is given its value.
    private func isHeard(_ number: Int) -> Bool {
        for reader in readers.indices where reader == number || readers[reader].leader == number {
            if readers[reader].hasLocalTicket { return true }
        }
        return binds(readers[number].value)
    }

    /// Whether later readers are bound by a value, or may be by one that is not read yet.
    private func binds(_ value: UInt8?) -> Bool {
        guard setup.isStrict, someoneWillAsk else { return false }
        return value.map { $0 > bound } ?? true
    }

    /// Whether its load is the one that the record has, and alive.
    func isRegistered(_ number: Int) -> Bool {
        guard let token = readers[number].token else { return false }
        return token == registered
    }

    /// Whether somebody of its process may join its load.
    func canBeJoined(_ number: Int) -> Bool {
        processes[setup.readers[number]].joinable == number && someoneMayJoin(besides: number)
    }

    /// Whether somebody of its process may join any load before its own has ended.
    private func someoneMayJoin(besides number: Int) -> Bool {
        for other in readers.indices where setup.readers[other] == setup.readers[number] {
            switch readers[other].step {
            case .ask, .look, .join: return true
            case .wait: if readers[other].leader != number { return true }
            case .begin, .depart, .read, .close, .publish, .finish, .done: break
            }
        }
        return false
    }
}

extension SharedCacheWorld.Setup {
    /// Whether nothing is ever stored by who has no registered token, nor by who has lost it.
    var goesByToken: Bool {
        switch rules {
        case .cacheAside, .doubleDelete, .tokenPerProcess, .refreshByValue: false
        default: true
        }
    }
}
