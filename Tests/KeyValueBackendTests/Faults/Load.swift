import KeyValueBackend
import StorageKit
import Synchronization
import Testing

/// Many tasks at work on one store, each with keys of its own, so that whatever it is told can be
/// checked.
///
/// Each task counts in a counter of its own, and writes and reads a value of its own. Of what it
/// was told it knows which answers are possible:
///
/// * the counter's k-th acknowledged answer is at least k, and at most k and the increments that
///   may have been applied without an acknowledgement. Answers only grow;
/// * a value that was read is the last acknowledged one, or one whose write was in doubt.
///
/// An answer that belongs to somebody else is wrong by one of these, as values carry the number of
/// their task.
final class Load: Sendable {
    struct Tally: Sendable {
        var acknowledged = 0
        /// Failed, and may have been applied.
        var inDoubt = 0
        /// Failed, and was not applied.
        var refused = 0
        var codes: Set<StorageError.Code> = []

        var failed: Int { inDoubt + refused }
    }

    /// What one task knows.
    private struct Knowledge {
        var acknowledged = 0
        var inDoubt = 0
        var count: Int64 = 0
        var value: ByteString?
        var doubtful: Set<ByteString> = []
    }

    let store: RedisStore
    let count: Int
    let name: String
    private let tally = Mutex(Tally())
    private let isOver = Atomic<Bool>(false)

    init(on store: RedisStore, tasks count: Int, name: String = "load") {
        self.store = store
        self.count = count
        self.name = name
    }

    /// Works until ``end()``, and then compares with what the server has.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask { try await self.work(number) }
            }
            try await group.waitForAll()
        }
    }

    /// Lets the tasks end after their present round.
    func end() { isOver.store(true, ordering: .releasing) }

    var now: Tally { tally.withLock { $0 } }

    /// Waits until this many more calls were acknowledged.
    func goesOn(_ more: Int = 500) async throws {
        let goal = now.acknowledged + more
        try await reached { now.acknowledged >= goal }
    }

    /// Waits until this many more calls have failed.
    func fails(_ more: Int = 1) async throws {
        let goal = now.failed + more
        try await reached { now.failed >= goal }
    }

    private func work(_ number: Int) async throws {
        let counter = ByteString("\(name):counter:\(number)")
        let key = ByteString("\(name):value:\(number)")
        var known = Knowledge()
        var round = 0
        while !isOver.load(ordering: .acquiring) {
            round += 1
            try await count(counter, &known)
            try await write("\(number).\(round)", to: key, &known)
            try await read(key, &known)
        }
        try await check(counter, key, known)
    }

    private func count(_ key: ByteString, _ known: inout Knowledge) async throws {
        switch try await attempt({ try await self.store.increment(key) }) {
        case .success(let answer):
            known.acknowledged += 1
            #expect(answer > known.count && answer >= known.acknowledged)
            #expect(answer <= known.acknowledged + known.inDoubt)
            known.count = answer
        case .failure(let error): known.inDoubt += error.mayHaveBeenApplied ? 1 : 0
        }
    }

    private func write(
        _ text: String, to key: ByteString, _ known: inout Knowledge
    ) async throws {
        let value = ByteString(text)
        switch try await attempt({ try await self.store.set(key, to: value) }) {
        case .success: known.value = value
        case .failure(let error): if error.mayHaveBeenApplied { known.doubtful.insert(value) }
        }
    }

    private func read(_ key: ByteString, _ known: inout Knowledge) async throws {
        switch try await attempt({ try await self.store.get(key) }) {
        case .success(let value): Self.expect(value, known)
        case .failure(let error): #expect(!error.mayHaveBeenApplied, "a read changes nothing")
        }
    }

    /// A call ends with an answer or with a `StorageError`; anything else fails the test.
    private func attempt<Output>(
        _ call: () async throws -> Output
    ) async throws -> Result<Output, StorageError> {
        do {
            let output = try await call()
            tally.withLock { $0.acknowledged += 1 }
            return .success(output)
        } catch let error as StorageError {
            tally.withLock { tally in
                tally.codes.insert(error.code)
                if error.mayHaveBeenApplied { tally.inDoubt += 1 } else { tally.refused += 1 }
            }
            return .failure(error)
        }
    }

    private static func expect(_ value: ByteString?, _ known: Knowledge) {
        let isKnown = value == known.value || value.map(known.doubtful.contains) ?? false
        #expect(
            isKnown, "read \(value?.string ?? "nothing"), wrote \(known.value?.string ?? "nothing")"
        )
    }

    private func check(_ counter: ByteString, _ key: ByteString, _ known: Knowledge) async throws {
        let patient = store.timeout(.seconds(60))
        let sum = try await patient.get(counter)?.string.flatMap { Int($0) } ?? 0
        #expect(known.acknowledged <= sum && sum <= known.acknowledged + known.inDoubt)
        Self.expect(try await patient.get(key), known)
    }
}
