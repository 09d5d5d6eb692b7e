@testable import StorageKit

// What makes a difference for what can happen next, and nothing else.
//
// * Who is who: the readers of a process are sorted, and so are its writers. Whoever waits is
//   written down behind the one he waits for, so that sorting loses no relation.
// * Tokens: one is registered at the most, and who holds another one is as who holds none.
// * Versions are counted back from the primary's.
// * A value that is neither stored nor given to anybody but its reader (`isVain`).
// * A floor, unless a load that its reader has joined, or can join now, has read what is older.
//   Whatever is read later, or is in the cache without being wrong already, is new enough.
// * What had been given to readers, once nobody is left to ask; that a load can be joined, once
//   nobody is left to join it; and all that ended readers and writers had.

extension SharedCacheWorld {
    /// All of it in 128 bits: four readers of sixteen, and 47 for the rest.
    struct Fingerprint: Hashable {
        fileprivate(set) var readers: UInt64 = 0
        fileprivate(set) var rest: UInt64 = 0

        fileprivate mutating func add(_ mark: UInt64, bits: UInt64) {
            rest = rest << bits | mark
        }

        /// Adds some readers, sixteen bits for each.
        fileprivate mutating func add(readers mark: UInt64) {
            let count = UInt64(mark.bitWidth - mark.leadingZeroBitCount + 15) / 16
            readers = readers << (16 * count) | mark
        }
    }

    var fingerprint: Fingerprint {
        var marks = Fingerprint()
        marks.add(age(boundThatMatters), bits: 2)
        marks.add(recordMark, bits: 13)
        if setup.rules == .countGenerations { marks.add(epoch.generation.rawValue, bits: 2) }
        for process in processes.indices {
            let held = processes[process].held
            marks.add(held == nil ? 0 : registered == held ? 2 : 1, bits: 2)
            marks.add(age(processes[process].local), bits: 2)
            for mark in writerMarks(of: process) { marks.add(mark, bits: 10) }
            for mark in readerMarks(of: process) { marks.add(readers: mark) }
        }
        return marks
    }

    private var boundThatMatters: UInt8 {
        guard setup.isStrict else { return acknowledged }
        return someoneWillAsk ? bound : primary
    }

    // MARK: Readers

    /// The readers of a process, each that waits for nobody with those who wait for it.
    private func readerMarks(of process: Int) -> [UInt64] {
        var marks: [UInt64] = []
        var someoneWaits = false
        for number in readers.indices where readers[number].step == .wait { someoneWaits = true }
        for number in readers.indices
        where setup.readers[number] == process && readers[number].step != .wait {
            marks.append(someoneWaits ? markWithWaiters(number) : mark(number))
        }
        if marks.count > 1 { marks.sort() }
        return marks
    }

    private func markWithWaiters(_ number: Int) -> UInt64 {
        var waiters: [UInt64] = []
        for waiter in readers.indices where readers[waiter].leader == number {
            waiters.append(mark(waiter))
        }
        waiters.sort()
        return waiters.reduce(mark(number)) { $0 << 16 | $1 }
    }

    /// A reader in sixteen bits, not all of them zero.
    private func mark(_ number: Int) -> UInt64 {
        let reader = readers[number]
        if reader.step == .done { return 0xF000 }
        var mark = UInt64(reader.step.rawValue)
        mark = mark << 2 | floorMark(number)
        mark = mark << 2 | tokenMark(number)
        mark = mark << 2 | valueMark(number)
        mark = mark << 2 | age(reader.remembered)
        mark = mark << 1 | (canBeJoined(number) ? 1 : 0)
        mark = mark << 1 | (reader.isStored ? 1 : 0)
        mark = mark << 1 | (reader.isServed ? 1 : 0)
        return mark << 1 | (reader.hasLocalTicket ? 1 : 0)
    }

    private func tokenMark(_ number: Int) -> UInt64 {
        if isRegistered(number) { return 2 }
        return readers[number].token == nil || setup.goesByToken ? 0 : 1
    }

    private func valueMark(_ number: Int) -> UInt64 {
        isVain(number) ? 3 : age(readers[number].value)
    }

    private func floorMark(_ number: Int) -> UInt64 {
        let reader = readers[number]
        if reader.floor == 0 || setup.replicaLags { return 3 }
        if let leader = reader.leader, hasTooOld(leader, for: reader) { return age(reader.floor) }
        if reader.step == .join || reader.step == .wait,
            let next = processes[setup.readers[number]].joinable, hasTooOld(next, for: reader)
        {
            return age(reader.floor)
        }
        return 3
    }

    private func hasTooOld(_ leader: Int, for reader: Reader) -> Bool {
        guard let value = readers[leader].value else { return false }
        return value < reader.floor && !isVain(leader)
    }

    // MARK: Writers

    private func writerMarks(of process: Int) -> [UInt64] {
        var marks: [UInt64] = []
        for number in writers.indices where setup.writers[number].process == process {
            marks.append(mark(ofWriter: number))
        }
        if marks.count > 1 { marks.sort() }
        return marks
    }

    private func mark(ofWriter number: Int) -> UInt64 {
        let writer = writers[number]
        let kind = UInt64(setup.writers[number].kind.rawValue) << 7
        if writer.step == plans[number].count { return kind | 7 << 4 }
        let version = age(writer.version == 0 ? nil : writer.version)
        return kind | UInt64(writer.step) << 4 | version << 2 | barrierMark(writer)
    }

    private func barrierMark(_ writer: Writer) -> UInt64 {
        guard let token = writer.token, case .barrier(let barrier)? = record,
            let place = barrier.writers.firstIndex(where: { $0.token == token }),
            Self.now < barrier.writers[place].end
        else { return 0 }
        return UInt64(place) + 1
    }

    // MARK: The record

    private var recordMark: UInt64 {
        switch record {
        case nil: return 0
        case .lease(let lease):
            let alive: UInt64 = registered == nil ? 0 : 1
            return 1 << 10 | mark(lease.floor) << 5 | alive << 4 | mark(lease.epoch)
        case .entry(let entry):
            let fresh: UInt64 = entry.isFresh(for: .zero, at: Self.now) ? 1 : 0
            let version = age(entry.content.payload.bytes[0])
            let floor: UInt64 = Self.now < entry.floorEnd ? 1 : 0
            return 2 << 10 | floor << 9 | version << 7 | fresh << 6 | refreshMark(entry) << 4
                | mark(entry.epoch)
        case .barrier(let barrier):
            // Up to two writers, and a one before them.
            var writers: UInt64 = 1
            for writer in barrier.writers {
                writers = writers << 1 | (Self.now < writer.end ? 1 : 0)
            }
            let contended: UInt64 = barrier.isContended ? 1 : 0
            return 3 << 10 | mark(barrier.floor) << 8 | contended << 7 | writers << 4
                | mark(barrier.epoch)
        case .floor(let floor): return 4 << 10 | mark(floor)
        }
    }

    /// One that has ended is as none, but that its entry keeps its epoch.
    private func refreshMark(_ entry: SharedCacheRecord.Entry) -> UInt64 {
        if registered != nil { return 1 }
        return entry.refresh != nil && setup.isCleared ? 2 : 0
    }

    private func mark(_ floor: SharedCacheRecord.Floor?) -> UInt64 {
        age(floor.map { UInt8(clamping: $0.version.rawValue) })
    }

    /// Where something stands among the clearings; four bits.
    private func mark(_ other: SharedCacheEpoch) -> UInt64 {
        guard other.generation == epoch.generation else {
            return 8 | (setup.rules == .countGenerations ? other.generation.rawValue : 0)
        }
        let isCleared = clearedTags[Self.tag, default: 0] > other.clearings
        return (epoch.clearings - other.clearings) << 1 | (isCleared ? 1 : 0)
    }

    /// How many versions something is behind; 3 for nothing.
    private func age(_ version: UInt8?) -> UInt64 { version.map { UInt64(primary - $0) } ?? 3 }
}
