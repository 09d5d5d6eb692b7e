import DocumentBackend
import StorageKit
import Synchronization
import TestSupport
import Testing

/// What several writers were told of their writes, to be compared with what is there in the end.
///
/// Each writer inserts documents with identifiers that nobody else uses, and counts in a document
/// of its own. A write that is lost is missed; one that is applied twice shows in a count, or as an
/// identifier that is taken.
final class WriterLedger: Sendable {
    /// What one writer was told of its additions.
    private struct Count {
        var acknowledged = 0
        var open = 0
    }

    private struct State {
        var acknowledged: Set<String> = []
        var refused: Set<String> = []
        var counts: [String: Count] = [:]
        var errors: [StorageError] = []
        var instants: [ContinuousClock.Instant] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let entries: DocumentCollection<MongoDatabase, Document>
    private let counters: DocumentCollection<MongoDatabase, Document>

    private init(_ database: MongoDatabase) {
        entries = DocumentCollection("entries", in: database)
        counters = DocumentCollection("counters", in: database)
    }

    /// Has writers write until the body returns.
    static func record(
        writers: Int = 8, into database: MongoDatabase,
        while body: (WriterLedger) async throws -> Void
    ) async throws -> WriterLedger {
        let ledger = WriterLedger(database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<writers { group.addTask { await ledger.write("w\(number)") } }
            defer { ledger.state.withLock { $0.isOver = true } }
            try await body(ledger)
        }
        return ledger
    }

    /// What went wrong, in the order it did.
    var errors: [StorageError] { state.withLock(\.errors) }
    /// How many writes were acknowledged.
    var acknowledged: Int { state.withLock(\.instants.count) }

    /// The longest time in which no write was acknowledged.
    var longestGap: Duration {
        state.withLock { state in
            zip(state.instants, state.instants.dropFirst()).map { $1 - $0 }.max() ?? .zero
        }
    }

    /// Waits until so many more writes were acknowledged.
    func untilAcknowledged(more count: Int) async throws {
        let goal = acknowledged + count
        let isThere = try await Waiting.poll { () async throws -> Bool? in
            acknowledged >= goal ? true : nil
        }
        try #require(isThere == true, "no writes any more: \(errors.suffix(3))")
    }

    /// Compares what was said with what a majority of the members has.
    func verify(in database: MongoDatabase) async throws {
        let sure = database.with(readConcern: .majority)
        var found: Set<String> = []
        for try await entry in entries.in(sure).find(.all) {
            if case .string(let id)? = entry["_id"] { found.insert(id) }
        }
        let state = state.withLock { $0 }
        #expect(state.acknowledged.subtracting(found).isEmpty, "acknowledged and lost")
        #expect(state.refused.isDisjoint(with: found), "refused and applied")
        for (writer, count) in state.counts {
            let counter = try await counters.in(sure).first(.field(.id, .equal(.string(writer))))
            guard case .int64(let total)? = counter?["n"] else {
                Issue.record("writer \(writer) has no count")
                continue
            }
            let possible = count.acknowledged...count.acknowledged + count.open
            #expect(possible.contains(Int(total)), "writer \(writer)")
        }
        let codes = Set(state.errors.map(\.code))
        #expect(codes.isSubset(of: [.unavailable, .timedOut]), "\(state.errors.prefix(3))")
    }

    private func write(_ writer: String) async {
        var number = 0
        while !state.withLock(\.isOver) {
            let id = "\(writer)-\(number)"
            number += 1
            do throws(StorageError) {
                try await entries.insert(["_id": .string(id)])
                note { $0.acknowledged.insert(id) }
            } catch {
                fail(error) { if !error.mayHaveBeenApplied { $0.refused.insert(id) } }
            }
            do throws(StorageError) {
                try await counters.updateOne(
                    .field(.id, .equal(.string(writer))), [.increment("n", by: .int64(1))],
                    upsert: true)
                note { $0.counts[writer, default: Count()].acknowledged += 1 }
            } catch {
                fail(error) { state in
                    if error.mayHaveBeenApplied {
                        state.counts[writer, default: Count()].open += 1
                    }
                }
            }
        }
    }

    private func note(_ change: (inout sending State) -> Void) {
        state.withLock { state in
            change(&state)
            state.instants.append(.now)
        }
    }

    private func fail(_ error: StorageError, _ change: (inout sending State) -> Void) {
        state.withLock { state in
            change(&state)
            state.errors.append(error)
        }
    }
}
