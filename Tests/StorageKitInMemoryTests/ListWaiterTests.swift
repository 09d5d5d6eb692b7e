import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKitInMemory

@Suite("A waiter for a list", .timeLimit(.minutes(5)))
struct ListWaiterTests {
    private let value = ListWaiter.Outcome.success(element("w", "a"))

    @Test("is ended once, also before it has begun to wait")
    func endedEarly() async throws {
        let waiter = ListWaiter(sources: ["w"], .first)
        waiter.end(value)
        waiter.end(.failure(.cancelled()))
        #expect(!waiter.claim())
        #expect(try await waiter.outcome().get() == element("w", "a"))
    }

    @Test("that was claimed is given its value, although it is cancelled before that comes")
    func claimedThenCancelled() async throws {
        let waiter = ListWaiter(sources: ["w"], .first)
        #expect(waiter.claim())
        let task = Task { await waiter.outcome() }
        task.cancel()
        waiter.deliver(value)
        #expect(try await task.value.get() == element("w", "a"))
    }

    @Test("whose task is cancelled before it waits does not wait")
    func cancelledBefore() async {
        let waiter = ListWaiter(sources: ["w"], .first)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await waiter.outcome()
        }
        let code = await thrown { try await task.value.get() }
        #expect(code == .cancelled)
    }
}
