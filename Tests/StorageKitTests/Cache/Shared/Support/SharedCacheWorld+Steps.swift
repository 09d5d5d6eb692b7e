@testable import StorageKit

extension SharedCacheWorld {
    /// What happens to everybody; the numbers go on after those of readers and writers.
    private enum Fate: Int, CaseIterable {
        case vanishing, loadEnding, freshnessEnding, generationLoss
        /// The first of as many as there are processes.
        case crash
    }

    private var firstFate: Int { readers.count + writers.count }

    /// The numbers of those who can take a step: readers, then writers, then fates.
    var enabled: [Int] {
        var enabled: [Int] = []
        for number in readers.indices {
            let step = readers[number].step
            if step != .done, step != .wait { enabled.append(number) }
        }
        for number in writers.indices where writers[number].step < plans[number].count {
            enabled.append(readers.count + number)
        }
        if setup.forgets, record != nil { enabled.append(firstFate + Fate.vanishing.rawValue) }
        if canEnd { enabled.append(firstFate + Fate.loadEnding.rawValue) }
        if case .entry(let entry)? = record, entry.isFresh(for: .zero, at: Self.now) {
            enabled.append(firstFate + Fate.freshnessEnding.rawValue)
        }
        if canLoseGeneration { enabled.append(firstFate + Fate.generationLoss.rawValue) }
        for process in processes.indices where isAtWork(process) {
            enabled.append(firstFate + Fate.crash.rawValue + process)
        }
        return enabled
    }

    private var canEnd: Bool {
        switch record {
        case .lease(let lease): !setup.forgets || lease.floor != nil
        case .entry: registered != nil
        case .barrier: setup.forgets
        case .floor, nil: false
        }
    }

    /// Lets one of them take its step; says what is wrong with the outcome, if anything is.
    mutating func take(_ actor: Int) -> String? {
        if actor < readers.count {
            stepReader(actor)
        } else if actor < firstFate {
            stepWriter(actor - readers.count)
        } else {
            switch Fate(rawValue: actor - firstFate) {
            case .vanishing: record = nil
            case .loadEnding: endLoad()
            case .freshnessEnding: endFreshness()
            case .generationLoss: loseGeneration()
            default: crash(actor - firstFate - Fate.crash.rawValue)
            }
        }
        return (complaint ?? staleness)?.rawValue
    }

    private var staleness: Staleness? {
        if let cached = cachedVersion {
            if cached < acknowledged { return .cached }
            if setup.isStrict, cached < primary { return .cachedBeforeEnd }
        }
        guard setup.hasTiers, let local = processes[0].local else { return nil }
        return local < acknowledged ? .local : nil
    }
}

// MARK: Time

extension SharedCacheWorld {
    /// The registered load, or the barrier that is the oldest, is over.
    private mutating func endLoad() {
        switch record {
        case .lease(var lease):
            lease.load.end = Self.now
            record = .lease(lease)
        case .entry(var entry):
            entry.refresh?.end = Self.now
            record = .entry(entry)
        case .barrier(var barrier):
            guard let oldest = barrier.writers.firstIndex(where: { Self.now < $0.end }) else {
                return
            }
            barrier.writers[oldest].end = Self.now
            record = .barrier(barrier)
        case .floor, nil: break
        }
        if let end = record?.end, end <= Self.now { record = nil }
    }

    private mutating func endFreshness() {
        guard case .entry(var entry)? = record else { return }
        entry.freshUntil = Self.now
        record = .entry(entry)
    }
}

// MARK: Death

extension SharedCacheWorld {
    private func isAtWork(_ process: Int) -> Bool {
        if processes[process].held != nil || processes[process].local != nil { return true }
        for number in readers.indices where setup.readers[number] == process {
            if readers[number].step != .ask, readers[number].step != .done { return true }
        }
        for number in writers.indices where setup.writers[number].process == process {
            let step = writers[number].step
            if step > 0, step < plans[number].count { return true }
        }
        return false
    }

    /// A process loses all it was about; who has not begun yet belongs to its successor.
    private mutating func crash(_ process: Int) {
        processes[process] = Process()
        for number in readers.indices where setup.readers[number] == process {
            if readers[number].step != .ask { readers[number] = Reader(step: .done) }
        }
        for number in writers.indices where setup.writers[number].process == process {
            guard writers[number].step > 0 else { continue }
            writers[number] = Writer(step: plans[number].count)
        }
    }
}
