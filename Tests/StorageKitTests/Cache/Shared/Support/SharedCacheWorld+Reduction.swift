@testable import StorageKit

// Steps that are taken at once, and nobody else's in between.

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
