@testable import StorageKit

extension SharedCacheWorld {
    private enum WriterStep {
        case delete, commit, invalidate, recordWrite, beginWrite, endWrite, local, acknowledge
    }

    /// Whether everybody writes under barriers: then what was read binds as well.
    var isStrict: Bool {
        setup.writers.allSatisfy { $0.kind == .strict || $0.kind == .strictWithEntry }
    }

    func stepCount(_ number: Int) -> Int { steps(setup.writers[number].kind).count }

    private func steps(_ kind: WriterKind) -> [WriterStep] {
        switch kind {
        case .plain where setup.rules == .doubleDelete:
            [.delete, .commit, .delete, .acknowledge]
        case .plain where setup.rules == .localFirst: [.commit, .local, .invalidate, .acknowledge]
        case .plain where setup.hasTiers: [.commit, .invalidate, .local, .acknowledge]
        case .plain: [.commit, .invalidate, .acknowledge]
        case .versioned: [.commit, .recordWrite, .acknowledge]
        case .strict, .strictWithEntry: [.beginWrite, .local, .commit, .endWrite, .acknowledge]
        }
    }

    mutating func stepWriter(_ number: Int) {
        let (kind, process) = setup.writers[number]
        let step = steps(kind)[Int(writers[number].step)]
        writers[number].step += 1
        switch step {
        case .commit:
            primary += 1
            writers[number].version = primary
        case .delete: record = nil
        case .invalidate: record = SharedCacheRecord.invalidate(record, at: moment).record
        case .recordWrite: recordWrite(writers[number].version)
        case .beginWrite: beginWrite(number, process)
        case .endWrite: endWrite(number, leavesEntry: kind == .strictWithEntry)
        case .local:
            forgetLocally(process)
            detach(process)
        case .acknowledge:
            detach(process)
            acknowledged = max(acknowledged, writers[number].version)
        }
    }

    private mutating func recordWrite(_ version: UInt8) {
        record =
            SharedCacheRecord.recordWrite(
                record, CacheVersion(Int64(version)), deposit(version),
                refusingOlderFor: setup.replicaLags ? .seconds(30) : .zero, at: moment
            ).record
    }

    private mutating func beginWrite(_ number: Int, _ process: Int) {
        let token = newToken(of: process)
        writers[number].token = token
        record = SharedCacheRecord.beginWrite(record, load(token), at: moment).record
        forgetContention()
    }

    private mutating func endWrite(_ number: Int, leavesEntry: Bool) {
        guard let token = writers[number].token else { return }
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

    mutating func detach(_ process: Int) { processes[process].joinable = nil }
}
