internal import StorageKit
internal import Synchronization

/// The contract of advisory locks as conformance cases, a case for each clause.
///
/// Identifiers are `advisory-lock.<expectation>`.
public enum AdvisoryLockLaws {
    private struct Oops: Error {}

    /// So long a law waits for what should come; only one that fails waits so long.
    private static let patience = Duration.seconds(60)

    /// Every case that a store of advisory locks must pass.
    ///
    /// The harness's type is given only to name it.
    public static func cases<Harness: AdvisoryLockHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        [excludes(), isBusy(), isReleased(), waits(), cancelled(), keysApart(), passesOn()]
    }

    private static func law<H: AdvisoryLockHarness>(
        _ id: String, _ clause: String,
        _ body:
            @escaping @Sendable (H.Subject, H.Subject, ConformanceContext) async throws -> Void
    ) -> ConformanceCase<H> {
        ConformanceCase("advisory-lock.\(id)", clause: clause) { harness, context in
            try await harness.withSubject { subject in
                let peer = try await harness.makePeer(of: subject)
                let outcome = await Result { () async throws in
                    try await body(subject, peer, context)
                }
                try await harness.tearDown(peer)
                try outcome.get()
            }
        }
    }

    private static func excludes<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("excludes", "One body runs at a time, whoever asks.") { locks, peer, context in
            let inside = Inside()
            try await withThrowingTaskGroup { group in
                for task in 0..<6 {
                    let locks = task.isMultiple(of: 2) ? locks : peer
                    group.addTask {
                        for _ in 0..<3 {
                            try await locks.withAdvisoryLock("a", waiting: patience) {
                                inside.enter()
                                for _ in 0..<5 { await Task.yield() }
                                inside.leave()
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try context.expectEqual(inside.most, 1, "the bodies that ran at a time")
            try context.expectEqual(inside.runs, 18, "the bodies that ran")
        }
    }

    private static func isBusy<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("busy", "A lock that is held is busy when patience ends, and the body does not run.") {
            locks, peer, context in
            let ran = Atomic<Bool>(false)
            try await locks.withAdvisoryLock("a", waiting: .zero) {
                for (other, patience) in [(locks, Duration.zero), (peer, .milliseconds(20))] {
                    try await context.expectThrows(.busy, "a lock that is held") {
                        try await other.withAdvisoryLock("a", waiting: patience) {
                            ran.store(true, ordering: .relaxed)
                        }
                    }
                }
            }
            try context.expect(
                !ran.load(ordering: .relaxed), "the body not to run", seen: "it ran")
        }
    }

    private static func isReleased<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("released", "A lock is given back when its body returns and when it throws.") {
            locks, peer, context in
            for round in 1...3 {
                do {
                    try await locks.withAdvisoryLock("a", waiting: patience) {
                        if round == 2 { throw Oops() }
                    }
                    try context.expect(round != 2, "the body's error to be thrown")
                } catch is Oops {}
                let value = try await peer.withAdvisoryLock("a", waiting: .zero) { round }
                try context.expectEqual(value, round, "what the next body returned")
            }
        }
    }

    private static func waits<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("waits", "Who waits runs when the one before has left.") { locks, peer, context in
            // On a busy machine the second one may ask late, and then has not waited.
            for _ in 0..<8 { try await waitOnce(locks, peer, context) }
        }
    }

    private static func waitOnce(
        _ locks: some AdvisoryLockStore, _ peer: some AdvisoryLockStore,
        _ context: ConformanceContext
    ) async throws {
        let (entered, leave) = (Gate(), Gate())
        let inside = Inside()
        let first = Task {
            try await locks.withAdvisoryLock("a", waiting: patience) {
                inside.enter()
                entered.open()
                await leave.pass()
                inside.leave()
            }
        }
        await entered.pass()
        let started = Gate()
        let second = Task {
            started.open()
            return try await peer.withAdvisoryLock("a", waiting: patience) { inside.enter() }
        }
        // Time for the second one to have asked, and for those who do not wait to have gone.
        await started.pass()
        _ = try await context.expectThrows(.busy, "a third one, with little patience") {
            try await peer.withAdvisoryLock("a", waiting: .milliseconds(50)) {}
        }
        for _ in 0..<100 { await Task.yield() }
        leave.open()
        try await first.value
        try await second.value
        try context.expectEqual(inside.runs, 2, "the bodies that ran")
        try context.expectEqual(inside.most, 1, "the bodies that ran at a time")
    }

    private static func cancelled<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("cancelled", "Who is cancelled while waiting has not got the lock, nor keeps it.") {
            locks, peer, context in
            try await locks.withAdvisoryLock("a", waiting: patience) {
                let waiting = Task {
                    try await peer.withAdvisoryLock("a", waiting: patience) {}
                }
                for _ in 0..<20 { await Task.yield() }
                waiting.cancel()
                try await context.expectThrows(.cancelled, "the one who waits") {
                    try await waiting.value
                }
            }
            try await peer.withAdvisoryLock("a", waiting: patience) {}
        }
    }

    private static func keysApart<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("keys-apart", "Another key is another lock, and may be taken inside the first.") {
            locks, peer, context in
            let innermost = try await locks.withAdvisoryLock("a", waiting: .zero) {
                try await peer.withAdvisoryLock("A", waiting: .zero) {
                    try await locks.withAdvisoryLock(.init(number: -1), waiting: .zero) { 3 }
                }
            }
            try context.expectEqual(innermost, 3, "what the innermost body returned")
        }
    }

    private static func passesOn<H: AdvisoryLockHarness>() -> ConformanceCase<H> {
        law("same-key", "A name and its number are one lock.") { locks, peer, context in
            let key = AdvisoryLockKey("nightly report")
            try await locks.withAdvisoryLock(key, waiting: .zero) {
                _ = try await context.expectThrows(.busy, "the lock by its number") {
                    try await peer.withAdvisoryLock(.init(number: key.number), waiting: .zero) {}
                }
            }
        }
    }
}

/// Counts who is inside.
private final class Inside: Sendable {
    private let counts = Mutex((now: 0, most: 0, runs: 0))

    var most: Int { counts.withLock { $0.most } }
    var runs: Int { counts.withLock { $0.runs } }

    func enter() {
        counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.runs + 1) }
    }

    func leave() { counts.withLock { $0.now -= 1 } }
}

extension Result where Failure == any Error {
    /// The outcome of an asynchronous body.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
