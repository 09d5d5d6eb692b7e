@testable import StorageKit

extension SharedCacheWorld {
    enum WriterStep {
        case delete, commit, invalidate, recordWrite, beginWrite, endWrite
        case clear, clearTag, clearOtherTag
        case forgetLocally, detach, acknowledge
    }

    static func plan(_ kind: WriterKind, _ setup: Setup) -> [WriterStep] {
        switch kind {
        case .plain where setup.rules == .doubleDelete:
            [.delete, .commit, .delete, .detach, .acknowledge]
        case .plain where setup.rules == .localFirst:
            [.commit, .forgetLocally, .invalidate, .detach, .acknowledge]
        case .plain where setup.hasTiers:
            [.commit, .invalidate, .forgetLocally, .detach, .acknowledge]
        case .plain: [.commit, .invalidate, .detach, .acknowledge]
        case .versioned: [.commit, .recordWrite, .detach, .acknowledge]
        case .clearing: [.commit, .clear, .detach, .acknowledge]
        case .tagging: [.commit, .clearTag, .detach, .acknowledge]
        case .taggingOthers: [.clearOtherTag, .detach]
        case .invalidating: [.invalidate, .detach]
        case .strict, .strictWithEntry:
            [.beginWrite, .detach, .commit, .endWrite, .detach, .acknowledge]
        }
    }

    mutating func stepWriter(_ number: Int) {
        let process = setup.writers[number].process
        let step = plans[number][writers[number].step]
        writers[number].step += 1
        switch step {
        case .commit:
            primary += 1
            writers[number].version = primary
        case .delete: record = nil
        case .invalidate: record = SharedCacheRecord.invalidate(record, at: moment).record
        case .recordWrite: recordWrite(writers[number].version)
        case .beginWrite: beginWrite(number)
        case .endWrite: endWrite(number)
        case .clear: beginGeneration()
        case .clearTag: clear(Self.tag)
        case .clearOtherTag: clear(Self.otherTag)
        case .forgetLocally: forgetLocally(process)
        case .detach:
            detach(process)
            processes[process].held = nil
        case .acknowledge: acknowledged = max(acknowledged, writers[number].version)
        }
    }

    private mutating func recordWrite(_ version: UInt8) {
        record =
            SharedCacheRecord.recordWrite(
                record, CacheVersion(Int64(version)), deposit(version),
                refusingOlderFor: setup.replicaLags ? .seconds(30) : .zero, at: moment
            ).record
    }

    private mutating func beginWrite(_ number: Int) {
        let token = newToken(of: setup.writers[number].process)
        writers[number].token = token
        record = SharedCacheRecord.beginWrite(record, load(token), at: moment).record
        forgetContention()
    }

    private mutating func endWrite(_ number: Int) {
        guard let token = writers[number].token else { return }
        let leavesEntry = setup.writers[number].kind == .strictWithEntry
        let deposit = leavesEntry ? deposit(writers[number].version) : nil
        record = SharedCacheRecord.endWrite(record, token, deposit, at: moment).record
        writers[number].token = nil
        forgetContention()
    }

    private mutating func forgetContention() {
        guard setup.rules == .forgetContention, case .barrier(var barrier)? = record else {
            return
        }
        barrier.isContended = false
        record = .barrier(barrier)
    }

    /// Empties the process's local tier and tears its tickets.
    private mutating func forgetLocally(_ process: Int) {
        processes[process].local = nil
        for reader in readers.indices where setup.readers[reader] == process {
            readers[reader].hasLocalTicket = false
        }
    }

    /// Lets nobody join the running load, whoever leads it.
    mutating func detach(_ process: Int) { processes[process].joinable = nil }
}
