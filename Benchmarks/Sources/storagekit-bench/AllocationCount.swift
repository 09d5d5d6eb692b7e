import CBaseline

/// What is asked of the heap while something runs, by all threads of the process.
enum AllocationCount {
    /// Whether it can be counted on this system.
    static var works: Bool { allocation_count_works() == 1 }

    /// How often the heap was asked for memory while the body ran.
    static func of(_ body: () async throws -> Void) async rethrows -> Int {
        allocation_count_begin()
        do {
            try await body()
        } catch {
            _ = allocation_count_end()
            throw error
        }
        return Int(allocation_count_end())
    }
}
