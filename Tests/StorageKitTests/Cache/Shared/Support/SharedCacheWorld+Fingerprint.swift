@testable import StorageKit

// Who is who does not matter: the readers of a process are sorted, and so are its writers. Whoever
// waits is written down behind the one he waits for, so that sorting loses no relation.

extension SharedCacheWorld {
    struct Fingerprint: Hashable {
        var readers: UInt64 = 0
        var rest: UInt64 = 0

        mutating func add(_ value: UInt8, bits: Int) {
            rest = rest << UInt64(bits) | UInt64(value)
        }
    }

    var fingerprint: Fingerprint {
        var marks = Fingerprint()
        marks.add(age(setup.isStrict ? (someoneWillAsk ? bound : primary) : acknowledged), bits: 2)
        addRecord(&marks)
        for process in processes.indices {
            addWriters(of: process, &marks)
            let held = processes[process].held
            marks.add(held == nil ? 0 : registered == held ? 2 : 1, bits: 2)
            marks.add(age(processes[process].local), bits: 2)
            for group in groups(of: process) {
                marks.readers = marks.readers << UInt64(16 * group.count) | group.code
            }
        }
        return marks
    }

    // MARK: Readers

    /// A reader and those who wait for its load, sixteen bits for each.
    private struct Group {
        var code: UInt64
        var count = 1
    }

    private func groups(of process: Int) -> [Group] {
        var groups: [Group] = []
        for number in readers.indices
        where setup.readers[number] == process && readers[number].step != .wait {
            let group = group(number)
            let place = groups.firstIndex { group.code < $0.code } ?? groups.count
            groups.insert(group, at: place)
        }
        return groups
    }

    private func group(_ number: Int) -> Group {
        var group = Group(code: mark(number))
        var waiters: [UInt64] = []
        for waiter in readers.indices where readers[waiter].leader == number {
            waiters.append(mark(waiter))
        }
        if waiters.count > 1 { waiters.sort() }
        for waiter in waiters {
            group.code = group.code << 16 | waiter
            group.count += 1
        }
        return group
    }

    private func mark(_ number: Int) -> UInt64 {
        let reader = readers[number]
        if reader.step == .done { return 0xF000 }
        var mark = UInt64(reader.step.rawValue)
        mark = mark << 2 | UInt64(floorMark(number))
        mark = mark << 2 | UInt64(tokenMark(number))
        mark = mark << 2 | UInt64(valueMark(number))
        mark = mark << 2 | UInt64(age(reader.remembered))
        mark = mark << 1 | (canBeJoined(number) ? 1 : 0)
        mark = mark << 1 | (reader.isStored ? 1 : 0)
        mark = mark << 1 | (reader.isServed ? 1 : 0)
        return mark << 1 | (reader.hasLocalTicket ? 1 : 0)
    }

    private func tokenMark(_ number: Int) -> UInt8 {
        if isRegistered(number) { return 2 }
        return readers[number].token == nil || setup.goesByToken ? 0 : 1
    }

    private func valueMark(_ number: Int) -> UInt8 {
        isVain(number) ? 3 : age(readers[number].value)
    }

    private func floorMark(_ number: Int) -> UInt8 {
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

    private func addWriters(of process: Int, _ marks: inout Fingerprint) {
        var codes: [UInt16] = []
        for number in writers.indices where setup.writers[number].process == process {
            codes.append(mark(ofWriter: number))
        }
        if codes.count > 1 { codes.sort() }
        for code in codes {
            marks.add(UInt8(code >> 8), bits: 1); marks.add(UInt8(code & 0xFF), bits: 8)
        }
    }

    private func mark(ofWriter number: Int) -> UInt16 {
        let writer = writers[number]
        let kind = UInt16(setup.writers[number].kind.rawValue) << 7
        if writer.step == plans[number].count { return kind | 7 << 4 }
        return kind | UInt16(writer.step) << 4 | UInt16(
            writer.version == 0 ? 3 : primary - writer.version) << 2 | barrierMark(writer)
    }

    private func barrierMark(_ writer: Writer) -> UInt16 {
        guard let token = writer.token, case .barrier(let barrier)? = record,
            let place = barrier.writers.firstIndex(where: { $0.token == token }),
            Self.now < barrier.writers[place].end
        else { return 0 }
        return UInt16(place) + 1
    }

    // MARK: The record

    private func addRecord(_ marks: inout Fingerprint) {
        let (kind, detail) = recordMark
        marks.add(kind, bits: 3)
        marks.add(detail, bits: 8)
    }

    private var recordMark: (kind: UInt8, detail: UInt8) {
        switch record {
        case nil: return (0, 0)
        case .lease(let lease): return (1, mark(lease.floor) << 1 | isRegistration)
        case .entry(let entry):
            let isFresh: UInt8 = entry.isFresh(for: .zero, at: Self.now) ? 1 : 0
            let version = primary - entry.content.payload.bytes[0]
            return (2, version << 2 | isFresh << 1 | isRegistration)
        case .barrier(let barrier):
            var mark = mark(barrier.floor) << 1 | (barrier.isContended ? 1 : 0)
            // Up to two writers, and a one before them.
            mark = mark << 1 | 1
            for writer in barrier.writers { mark = mark << 1 | (Self.now < writer.end ? 1 : 0) }
            return (3, mark)
        case .floor(let floor): return (4, mark(floor))
        }
    }

    private var isRegistration: UInt8 { registered == nil ? 0 : 1 }

    private func mark(_ floor: SharedCacheRecord.Floor?) -> UInt8 {
        age(floor.map { UInt8(clamping: $0.version.rawValue) })
    }

    /// How many versions something is behind; 3 for nothing.
    private func age(_ version: UInt8?) -> UInt8 { version.map { primary - $0 } ?? 3 }
}
