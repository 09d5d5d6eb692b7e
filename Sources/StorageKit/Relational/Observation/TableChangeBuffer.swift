internal import Synchronization

/// What one observer has not read yet: a set of tables, whatever the number of events.
final class TableChangeBuffer: Sendable {
    typealias Outcome = Result<TableChanges?, StorageError>

    private struct State {
        var pending: Set<String> = []
        var end: Outcome?
        var readers: [CheckedContinuation<Outcome, Never>] = []

        /// What the next reader gets at once, if anything.
        mutating func take() -> Outcome? {
            guard pending.isEmpty else {
                defer { pending = [] }
                return .success(TableChanges(tables: pending))
            }
            guard let end else { return nil }
            // An error is told once; after it there is the end.
            self.end = .success(nil)
            return end
        }
    }

    /// The tables by their folded names, each as the observer spelt it.
    private let spellings: [String: Set<String>]
    private let state = Mutex(State())

    init(spellings: [String: Set<String>]) { self.spellings = spellings }

    /// What waits to be read.
    var pendingTables: Set<String> { state.withLock { $0.pending } }

    /// Takes in tables, by their folded names; those that are not observed are ignored.
    func add(_ names: Set<String>) {
        add(spelt: spellings.filter { names.contains($0.key) })
    }

    /// Takes in every observed table.
    func addAll() { add(spelt: spellings) }

    private func add(spelt: [String: Set<String>]) {
        guard !spelt.isEmpty else { return }
        change { state in
            guard state.end == nil else { return }
            for names in spelt.values { state.pending.formUnion(names) }
        }
    }

    /// Ends the observation.
    ///
    /// - Parameters:
    ///   - error: What the reader is to be told, after what is pending.
    ///   - isUnwanted: Whether nobody wants what is pending.
    func finish(throwing error: StorageError?, isUnwanted: Bool) {
        change { state in
            if isUnwanted { state.pending = [] }
            guard state.end == nil else { return }
            state.end = error.map { .failure($0) } ?? .success(nil)
        }
    }

    /// The next event, or `nil` at the end.
    func next() async throws(StorageError) -> TableChanges? {
        try await withCheckedContinuation { reader in
            let outcome = state.withLock { state in
                let outcome = state.take()
                if outcome == nil { state.readers.append(reader) }
                return outcome
            }
            if let outcome { reader.resume(returning: outcome) }
        }.get()
    }

    /// Changes the state and resumes the readers for whom there is something now.
    private func change(_ body: (inout State) -> Void) {
        let resumed = state.withLock { state in
            body(&state)
            var resumed: [(CheckedContinuation<Outcome, Never>, Outcome)] = []
            while !state.readers.isEmpty, let outcome = state.take() {
                resumed.append((state.readers.removeFirst(), outcome))
            }
            return resumed
        }
        for (reader, outcome) in resumed { reader.resume(returning: outcome) }
    }
}
