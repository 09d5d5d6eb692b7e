import StorageKit
import Synchronization

/// The primary behind a cache that is measured: rows that follow from their ids, so that nothing
/// but the cache has something to do.
///
/// It counts the calls that read by id, and what is written changes nothing.
final class BenchmarkRepository: Repository {
    /// How long a read takes.
    private let delay: Duration
    private let state = Mutex(State())

    private struct State {
        var calls = 0
        var time = Duration.zero
    }

    init(delay: Duration = .zero) { self.delay = delay }

    var limits: RepositoryLimits {
        RepositoryLimits(maximumBatchSize: 10_000, maximumPageSize: 10_000)
    }

    /// How often somebody read by id, and how long that took in all.
    var reads: (calls: Int, time: Duration) { state.withLock { ($0.calls, $0.time) } }

    static func row(_ id: Int) -> BenchmarkTodo {
        BenchmarkTodo(id: id, title: BenchmarkTodo.titles[id - 1], done: id.isMultiple(of: 2))
    }

    func get(_ id: Int) async throws(StorageError) -> BenchmarkTodo? {
        try await read()
        return Self.row(id)
    }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: BenchmarkTodo] {
        try await read()
        return Dictionary(ids.map { ($0, Self.row($0)) }, uniquingKeysWith: { first, _ in first })
    }

    func insert(_ entity: BenchmarkTodo) async throws(StorageError) {}
    func replace(_ entity: BenchmarkTodo) async throws(StorageError) {}
    func upsert(_ entity: BenchmarkTodo) async throws(StorageError) {}
    func delete(_ id: Int) async throws(StorageError) -> Bool { true }

    func scan(
        after id: Int?, limit: Int
    ) async throws(StorageError) -> Page<BenchmarkTodo, Int> {
        throw StorageError(
            code: .unsupported, message: "the benchmark's repository has no pages",
            operation: "scan")
    }

    private func read() async throws(StorageError) {
        guard delay > .zero else { return state.withLock { $0.calls += 1 } }
        let start = ContinuousClock.now
        do { try await Task.sleep(for: delay) } catch { throw .cancelled(operation: "get") }
        let time = ContinuousClock.now - start
        state.withLock { state in
            state.calls += 1
            state.time += time
        }
    }
}
