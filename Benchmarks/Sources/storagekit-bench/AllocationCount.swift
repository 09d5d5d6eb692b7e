import CBaseline

/// What is asked of the heap while something runs that stays on its thread.
enum AllocationCount {
    /// Whether it can be counted on this system.
    static var works: Bool { allocation_count_works() == 1 }

    /// How often the heap was asked for memory while the body ran; -1 when it changed threads.
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
