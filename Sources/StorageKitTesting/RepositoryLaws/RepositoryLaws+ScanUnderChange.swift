import StorageKit
import Synchronization

/// Even numbers stay, odd ones come and go: whatever else a scan shows, it must show the even ones.
extension RepositoryLaws {
    static func scanUnderChangeCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [scanBetweenChanges(), scanAmidChanges()]
    }

    private static let all = 0..<30
    private static let staying = all.filter { $0.isMultiple(of: 2) }
    private static let coming = all.filter { !$0.isMultiple(of: 2) }

    private static func scanBetweenChanges<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.visits-each-once-between-changes",
            "Following next visits every entity that was there all the while exactly once, and "
                + "none twice, though others are inserted and deleted between the pages."
        ) { scene in
            let order = try await scene.scanOrder(of: all)
            try await scene.fill(all)
            for limit in [1, 2, 3, 7] {
                var generator = scene.context.makeGenerator()
                let seen = try await scene.walk(limit: limit) {
                    try await toggle(3, scene, &generator)
                }
                try expectVisited(seen.map(\.id), order, scene)
            }
        }
    }

    private static func scanAmidChanges<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "scan.visits-each-once-amid-changes",
            "Following next visits every entity that was there all the while exactly once, and "
                + "none twice, though others are inserted and deleted at the same time."
        ) { scene in
            let order = try await scene.scanOrder(of: all)
            try await scene.fill(all)
            let scans = Scans()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var generator = scene.context.makeGenerator()
                    while !scans.areDone.load(ordering: .relaxed), !Task.isCancelled {
                        try await toggle(4, scene, &generator)
                        await Task.yield()
                    }
                }
                group.addTask {
                    defer { scans.areDone.store(true, ordering: .relaxed) }
                    for limit in [1, 2, 3, 4, 5, 6, 2, 1] {
                        let seen = try await scene.walk(limit: limit) { await Task.yield() }
                        try expectVisited(seen.map(\.id), order, scene)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Inserts or deletes some of those that come and go.
    private static func toggle<H: RepositoryHarness>(
        _ count: Int, _ scene: RepositoryScene<H>, _ generator: inout SeededGenerator
    ) async throws {
        for number in coming.shuffled(using: &generator).prefix(count) {
            guard try await !scene.store.delete(scene.id(number)) else { continue }
            try await scene.store.insert(scene.entity(number))
        }
    }

    private static func expectVisited<H: RepositoryHarness>(
        _ seen: [H.Subject.ID], _ order: [H.Subject.ID], _ scene: RepositoryScene<H>
    ) throws {
        let stable = Set(staying.map(scene.id))
        try scene.context.expectEqual(
            seen.filter(stable.contains), order.filter(stable.contains),
            "the entities a scan visits among those that stayed")
        let visited = Set(seen)
        try scene.context.expectEqual(
            seen, order.filter(visited.contains), "the order of all that the scan visits")
    }
}

/// Tells the one who changes the store that nobody looks any more.
private final class Scans: Sendable {
    let areDone = Atomic(false)
}
