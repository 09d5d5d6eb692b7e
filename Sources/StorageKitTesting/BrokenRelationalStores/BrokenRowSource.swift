import StorageKit
import Synchronization

/// The rows that a sequence gave the first time.
final class BrokenRowMemory<Row: Sendable>: Sendable {
    let rows = Mutex<[Row]?>(nil)
}

/// Rows with a defect: all of them in one batch, one by one from the sound sequence.
final class BrokenRowSource<Row: Sendable>: ResultSource {
    private let sound: RelationalRows<Row>
    private let defect: RelationalDefect
    private let memory: BrokenRowMemory<Row>
    private let isOver = Atomic<Bool>(false)

    init(
        _ sound: RelationalRows<Row>, _ defect: RelationalDefect, _ memory: BrokenRowMemory<Row>
    ) {
        self.sound = sound
        self.defect = defect
        self.memory = memory
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        if isOver.exchange(true, ordering: .relaxed) { return [] }
        if defect == .remembersSequence, let rows = memory.rows.withLock(\.self) { return rows }
        var rows: [Row] = []
        var iterator = sound.makeAsyncIterator()
        do throws(StorageError) {
            while let row = try await iterator.next() { rows.append(row) }
        } catch {
            guard defect == .endsRowsAtError else { throw error }
        }
        memory.rows.withLock { [rows] in $0 = rows }
        return Array(rows.dropFirst(defect == .skipsFirstOfSequence ? 1 : 0))
    }

    func close() {}
}
