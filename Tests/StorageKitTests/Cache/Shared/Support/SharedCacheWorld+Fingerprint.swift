@testable import StorageKit

// Who is who does not matter: processes, readers and writers are sorted by what they have done.
// Whoever waits is written down with the one he waits for, so that sorting loses no relation.

extension SharedCacheWorld {
    var fingerprint: [UInt8] {
        var marks: [UInt8] = [primary, acknowledged, seen, UInt8(ticks)] + recordMarks
        let each = processes.indices.map(marksOfProcess).sorted { $0.lexicographicallyPrecedes($1) }
        for process in each { marks += [0xFF] + process }
        return marks
    }

    private func marksOfProcess(_ process: Int) -> [UInt8] {
        let held = processes[process].held
        var marks: [UInt8] = [
            held == nil ? 0 : registered == held ? 2 : 1, optional(processes[process].local),
        ]
        let leaders = readers.indices
            .filter { setup.readers[$0] == process && readers[$0].leader == nil }
            .map { number in
                let waiters = readers.indices.filter { readers[$0].leader == number }
                    .map { marksOfReader($0, process) }
                    .sorted { $0.lexicographicallyPrecedes($1) }
                return marksOfReader(number, process) + [UInt8(waiters.count)]
                    + waiters.flatMap { $0 }
            }
        for leader in leaders.sorted(by: { $0.lexicographicallyPrecedes($1) }) { marks += leader }
        let writers = writers.indices.filter { setup.writers[$0].process == process }
            .map(marksOfWriter)
        for writer in writers.sorted(by: { $0.lexicographicallyPrecedes($1) }) { marks += writer }
        return marks
    }

    private func marksOfReader(_ number: Int, _ process: Int) -> [UInt8] {
        let reader = readers[number]
        if reader.step == .done { return [reader.step.rawValue] }
        let token: UInt8 = reader.token == nil ? 0 : reader.token == registered ? 2 : 1
        let flags: UInt8 =
            (processes[process].joinable == number ? 1 : 0) | (reader.isStored ? 2 : 0)
            | (reader.isServed ? 4 : 0) | (reader.hasLocalTicket ? 8 : 0)
        return [
            reader.step.rawValue, reader.floor, token, optional(reader.value),
            optional(reader.remembered), flags,
        ]
    }

    private func marksOfWriter(_ number: Int) -> [UInt8] {
        let writer = writers[number]
        return [
            setup.writers[number].kind.rawValue, writer.step, writer.version, barrierMark(writer),
        ]
    }

    private func barrierMark(_ writer: Writer) -> UInt8 {
        guard let token = writer.token, case .barrier(let barrier)? = record,
            let load = barrier.writers.first(where: { $0.token == token })
        else { return 0 }
        return now < load.end ? 2 : 1
    }

    /// The token of the load that is registered and alive.
    private var registered: SharedCacheToken? {
        switch record {
        case .lease(let lease): now < lease.load.end ? lease.load.token : nil
        case .entry(let entry): entry.refresh.flatMap { now < $0.end ? $0.token : nil }
        case .barrier, .floor, nil: nil
        }
    }

    private var recordMarks: [UInt8] {
        switch record {
        case nil: [0]
        case .lease(let lease): [1, registered == nil ? 0 : 1, mark(lease.floor)]
        case .entry(let entry):
            [
                2, entry.content.payload.bytes[0], entry.isFresh(for: .zero, at: now) ? 1 : 0,
                entry.refresh == nil ? 0 : registered == nil ? 1 : 2,
            ]
        case .barrier(let barrier):
            [
                3, barrier.isContended ? 1 : 0, UInt8(barrier.writers.count { now < $0.end }),
                mark(barrier.floor),
            ]
        case .floor(let floor): [4, mark(floor)]
        }
    }

    private func mark(_ floor: SharedCacheRecord.Floor?) -> UInt8 {
        optional(floor.map { UInt8(clamping: $0.version.rawValue) })
    }

    private func optional(_ value: UInt8?) -> UInt8 { value.map { $0 + 1 } ?? 0 }
}
