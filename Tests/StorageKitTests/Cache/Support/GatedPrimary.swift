import StorageKit
import Synchronization

/// A primary in memory whose reads and writes a test can hold, count and let fail.
final class GatedPrimary: Repository {
    /// What goes wrong with a write.
    enum WriteFault: Sendable {
        /// It is carried out and its answer is lost.
        case answerLost
        /// It is refused.
        case refused
        /// Nobody knows what became of it; it has not been carried out yet.
        case lostOnTheWay
    }

    private struct State {
        var notes: [Int: Note] = [:]
        var readGates: [Gate] = []
        var writeGates: [Gate] = []
        var readError: StorageError?
        var writeFault: WriteFault?
        var reads: [[Int]] = []
    }

    private let state: Mutex<State>

    init(_ notes: [Note] = []) {
        let notes = Dictionary(uniqueKeysWithValues: notes.map { ($0.id, $0) })
        state = Mutex(State(notes: notes))
    }

    // MARK: For the test

    /// The next read takes its value and is then held at the gate.
    func holdNextRead() -> Gate {
        let gate = Gate()
        state.withLock { $0.readGates.append(gate) }
        return gate
    }

    /// The next write takes effect and is then held at the gate.
    func holdNextWrite() -> Gate {
        let gate = Gate()
        state.withLock { $0.writeGates.append(gate) }
        return gate
    }

    func failReads(with error: StorageError?) { state.withLock { $0.readError = error } }
    func failWrites(_ fault: WriteFault?) { state.withLock { $0.writeFault = fault } }

    /// Changes what is stored behind everybody's back.
    func store(_ note: Note) { state.withLock { $0.notes[note.id] = note } }

    /// What is stored.
    func note(_ id: Int) -> Note? { state.withLock { $0.notes[id] } }

    /// What each call asked for.
    var reads: [[Int]] { state.withLock(\.reads) }

    // MARK: Repository

    var limits: RepositoryLimits { RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100) }

    func get(_ id: Int) async throws(StorageError) -> Note? { try await read([id])[id] }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Note] {
        try limits.checkBatch(count: ids.count)
        return try await read(ids)
    }

    func insert(_ note: Note) async throws(StorageError) {
        try await write { state in
            if state.notes[note.id] != nil {
                return StorageError(code: .alreadyExists, message: "")
            }
            state.notes[note.id] = note
            return nil
        }
    }

    func replace(_ note: Note) async throws(StorageError) {
        try await write { state in
            if state.notes[note.id] == nil { return StorageError(code: .notFound, message: "") }
            state.notes[note.id] = note
            return nil
        }
    }

    func upsert(_ note: Note) async throws(StorageError) {
        try await write { state in
            state.notes[note.id] = note
            return nil
        }
    }

    func delete(_ id: Int) async throws(StorageError) -> Bool {
        let existed = note(id) != nil
        try await write { state in
            state.notes[id] = nil
            return nil
        }
        return existed
    }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Note, Int> {
        let notes = state.withLock { $0.notes.values.sorted { $0.id < $1.id } }
        return Page(Array(notes.filter { $0.id > id ?? .min }.prefix(limit)), limit: limit)
    }

    private func read(_ ids: [Int]) async throws(StorageError) -> [Int: Note] {
        let (found, gate, error) = state.withLock { state in
            state.reads.append(ids.sorted())
            let gate = state.readGates.isEmpty ? nil : state.readGates.removeFirst()
            return (state.notes.filter { ids.contains($0.key) }, gate, state.readError)
        }
        try await gate?.pass()
        if let error { throw error }
        return found
    }

    private func write(_ body: (inout State) -> StorageError?) async throws(StorageError) {
        let (fault, gate) = state.withLock { state in
            (state.writeFault, state.writeGates.isEmpty ? nil : state.writeGates.removeFirst())
        }
        if fault == .refused { throw StorageError(code: .permissionDenied, message: "refused") }
        if fault != .lostOnTheWay, let error = state.withLock({ body(&$0) }) { throw error }
        try await gate?.pass()
        if fault == .answerLost || fault == .lostOnTheWay {
            throw StorageError(code: .unavailable, message: "lost", mayHaveBeenApplied: true)
        }
    }
}
