internal import StorageKit

/// What waits for the journal's thread: a pure value.
///
/// A commit belongs to the generation in which it was enqueued. When one fails, so does everything
/// of its generation and of earlier ones; `resume` begins the next one.
struct JournalLine {
    typealias Completion = @Sendable (Result<Void, StorageError>) -> Void

    enum Content {
        case commit([UInt8])
        /// What could not be encoded; it has its place in the line all the same.
        case unwritable(StorageError)
        case snapshot(GraphState)
    }

    struct Entry {
        let content: Content
        let generation: Int
        let completion: Completion
    }

    /// What the thread does next.
    enum Step {
        case write([Entry])
        case snapshot(GraphState, Entry)
        case refuse([Entry], StorageError)
        case end
    }

    private var entries: [Entry] = []
    private var generation = 0
    private var failed: (generation: Int, error: StorageError)?
    private var final: StorageError?
    private var isClosing = false
    var wantsCheckpoint = false

    /// - Returns: Whether it is in the line; not after the end.
    mutating func add(_ content: Content, _ completion: @escaping Completion) -> Bool {
        guard !isClosing else { return false }
        if case .snapshot = content { wantsCheckpoint = false }
        entries.append(
            Entry(content: content, generation: generation, completion: completion))
        return true
    }

    mutating func resume() throws(StorageError) {
        if let final { throw final }
        generation += 1
    }

    mutating func close() { isClosing = true }

    /// What comes next, taken out of the line; `nil` when there is nothing to do.
    mutating func next() -> Step? {
        guard let first = entries.first else { return isClosing ? .end : nil }
        if let refusal = error(for: first) {
            return .refuse(take(prefixCount { error(for: $0) != nil }), refusal)
        }
        switch first.content {
        case .snapshot(let state):
            entries.removeFirst()
            return .snapshot(state, first)
        case .unwritable(let error):
            fail(first, error, isFinal: false)
            entries.removeFirst()
            return .refuse([first], error)
        case .commit: return .write(take(groupCount()))
        }
    }

    /// How many commits at the front are written together.
    private func groupCount() -> Int {
        var bytes = 0
        return prefixCount { entry in
            guard case .commit(let commit) = entry.content else { return false }
            bytes += commit.count
            return bytes <= LogGroup.maximumBytes
        }
    }

    /// A step has failed, up to this entry.
    mutating func fail(_ entry: Entry, _ error: StorageError, isFinal: Bool) {
        failed = (entry.generation, error)
        if isFinal { final = Self.afterwards(error) }
    }

    /// Why an entry is not tried.
    private func error(for entry: Entry) -> StorageError? {
        if let final { return final }
        guard let failed, entry.generation <= failed.generation else { return nil }
        return failed.error.changed { $0.mayHaveBeenApplied = false }
    }

    private static func afterwards(_ error: StorageError) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "the log could not be written to the disk earlier, so nothing more is; close "
                + "the store, look after the disk, and open the store anew",
            native: error.native, underlying: error, isRetryable: false)
    }

    /// How many entries at the front are all wanted.
    private func prefixCount(_ isWanted: (Entry) -> Bool) -> Int {
        entries.firstIndex { !isWanted($0) } ?? entries.count
    }

    private mutating func take(_ count: Int) -> [Entry] {
        defer { entries.removeFirst(count) }
        return Array(entries.prefix(count))
    }
}
