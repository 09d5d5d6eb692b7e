import StorageKit

// A hit asks nothing of the heap: counted, and a failure if it does.
extension CachedRepositorySuite {
    /// How often as many awaited hits as a case has ask the heap for memory.
    ///
    /// - Parameter id: The name of the figure.
    static func allocations(
        _ id: String, of hits: @escaping @Sendable () async throws -> Void,
        prepare: @escaping @Sendable () async throws -> Void = {}
    ) -> BenchmarkMeasure {
        BenchmarkMeasure(
            id: id, summary: "what \(rounds * keyCount) such hits ask of the heap; has to be 0",
            unit: "allocations"
        ) {
            guard AllocationCount.works else {
                return .init(value: 0, remark: "NOT COUNTED: this is not the GNU C library")
            }
            try await prepare()
            // Once before, so that the task has the memory that its calls need for themselves.
            try await hits()
            let control = await AllocationCount.of { _ = InMemoryCache<Int, Int>(capacity: 1) }
            guard control > 0 else { throw BenchmarkError.notAsPromised(id, "counts nothing") }
            let count = try await AllocationCount.of(hits)
            guard count == 0 else {
                throw BenchmarkError.notAsPromised(id, "\(count) allocations in place of none")
            }
            return .init(value: 0, remark: "of \(rounds * keyCount) hits")
        }
    }
}
