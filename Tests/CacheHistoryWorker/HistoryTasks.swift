import StorageKit
import StorageKitTesting

/// Tasks that read and write a few registers until their process is killed.
///
/// All processes work on the same four registers, and every quarter of a second on four others:
/// what one fault has done to a key must not hide the next.
struct HistoryTasks<Store: RelationalStore, CacheType: Cache>: Sendable
where CacheType.Key == Int, CacheType.Value == Register {
    typealias Registers = CachedRepository<RegisterTable<Store>, CacheType>

    let registers: Registers
    let writer: HistoryWriter
    /// Whether writes go past the repository too and are followed by an invalidation.
    let hasForeignWrites: Bool

    func run(count: Int, seed: UInt64) async {
        await withTaskGroup { group in
            for task in 0..<count {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(task))
                    while !Task.isCancelled { await step(&generator) }
                }
            }
        }
    }

    private func step(_ generator: inout SeededGenerator) async {
        let first = HistoryClock.now / 250_000_000 * 4
        let key = Int.random(in: first..<(first + 4), using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<80: await read(key)
        case 80..<90: await readAll(Array(first..<(first + 4)))
        case 90..<97: await write(key)
        default: await writeForeign(key)
        }
    }

    private func read(_ key: Int) async {
        await writer.record(.read, [key]) {
            let read = try await registers.read(key)
            return [
                key: CacheOutcome(
                    version: read.entity?.version ?? 0, isHit: read.source == .cache)
            ]
        }
    }

    private func readAll(_ keys: [Int]) async {
        await writer.record(.read, keys) {
            try await registers.get(keys).mapValues { CacheOutcome(version: $0.version) }
        }
    }

    /// The counter is that of all tasks, so another's failure is taken for one of this write: a
    /// duty less, and never one too many.
    private func write(_ key: Int) async {
        await writer.record(.write, [key]) {
            let failures = registers.cache.statistics.failedInvalidations
            let version = try await Receipt.of { () async throws(StorageError) in
                try await registers.upsert(Register(id: key, version: 0))
            }
            let isTold = registers.cache.statistics.failedInvalidations == failures
            return [key: CacheOutcome(version: version, isAcknowledged: isTold)]
        }
    }

    private func writeForeign(_ key: Int) async {
        guard hasForeignWrites else { return }
        guard
            let version = try? await Receipt.of({ () async throws(StorageError) in
                try await registers.primary.upsert(Register(id: key, version: 0))
            })
        else { return }
        await writer.record(.invalidate, [key]) {
            let isTold = (try? await registers.invalidate(key)) != nil
            return [key: CacheOutcome(version: version, isAcknowledged: isTold)]
        }
    }
}
