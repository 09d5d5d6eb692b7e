import Foundation
import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "Many stores in one process", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisManyStoresTests {
    @Test("a store costs a descriptor and no thread, and gives both back")
    func cost() async throws {
        await #expect(processExitsWith: .success) {
            let server = try await RedisServerProcess.start()
            let first = try RedisStore(url: server.url)
            try await first.ping()
            let descriptors = try DescriptorCount.current()
            let threads = try LeakScenes.threadCount()
            let stores = try (0..<200).map { _ in try RedisStore(url: server.url) }
            for store in stores { try await store.ping() }
            #expect(try DescriptorCount.current() == descriptors + stores.count)
            // The cooperative pool may have started a thread meanwhile.
            #expect(try LeakScenes.threadCount() <= threads + 4)
            for store in stores { await store.close() }
            try await reached { try DescriptorCount.current() == descriptors }
            try await first.ping()
            await first.close()
            server.kill()
        }
    }

    @Test("a store that never pauses does not keep another from being answered")
    func fairness() async throws {
        let world = try await FaultWorld()
        let busy = try RedisStore(url: world.server.url, configuration: .patient)
        let quiet = try RedisStore(url: world.server.url, configuration: .patient)
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    while !Task.isCancelled { _ = try? await busy.get("key \(task)") }
                }
            }
            for number in 0..<20 {
                try await quiet.set("quiet", to: "\(number)")
                #expect(try await quiet.get("quiet") == ByteString("\(number)"))
            }
            group.cancelAll()
        }
        await busy.close()
        await quiet.close()
        world.keep()
    }

    @Test("a store can have a thread of its own, which ends with it")
    func ownThread() async throws {
        await #expect(processExitsWith: .success) {
            let server = try await RedisServerProcess.start()
            var configuration = RedisConfiguration()
            configuration.sharesEventThread = false
            let first = try RedisStore(url: server.url)
            try await first.ping()
            let descriptors = try DescriptorCount.current()
            let own = try RedisStore(url: server.url, configuration: configuration)
            try await own.ping()
            #expect(try DescriptorCount.current() > descriptors + 1)
            await own.close()
            try await reached { try DescriptorCount.current() == descriptors }
            await first.close()
            server.kill()
        }
    }
}
