import Foundation
import Testing

@testable import StorageKit

/// Every interleaving in small worlds of several processes; see ``SharedCacheWorld`` for what a
/// step is.
@Suite("In every interleaving of several processes")
struct SharedCacheInterleavingTests {
    typealias World = SharedCacheWorld
    typealias Setup = SharedCacheWorld.Setup

    struct Scene: CustomStringConvertible, Sendable {
        let description: String
        let setup: Setup

        init(_ description: String, _ setup: Setup) {
            self.description = description
            self.setup = setup
        }
    }

    static let plain = [(kind: World.WriterKind.plain, process: 0), (.plain, 1)]
    static let strict = [
        (kind: World.WriterKind.strictWithEntry, process: 0), (.strictWithEntry, 1),
    ]

    // `STORAGEKIT_EXPLORE=full` explores the largest worlds as well: see docs/testing.md.
    static let isFull = ProcessInfo.processInfo.environment["STORAGEKIT_EXPLORE"] == "full"

    static let small = [
        Scene("cold", Setup(readers: [0, 0, 1], writers: plain)),
        Scene("a refresh", Setup(readers: [0, 1, 1], writers: plain, isWarm: true)),
        Scene("leases end", Setup(readers: [0, 1], writers: plain, isWarm: true, ticks: 2)),
        Scene("lease on read", Setup(readers: [0, 0, 1], writers: plain, leasesOnRead: true)),
        Scene(
            "strict", Setup(readers: [0, 0, 1], writers: strict, isWarm: true, forgets: false)),
        Scene("strict and forgetful", Setup(readers: [0, 1], writers: strict, ticks: 1)),
        Scene(
            "strict beside plain",
            Setup(readers: [0, 1], writers: [(.strictWithEntry, 0), (.plain, 1)], ticks: 1)),
        Scene(
            "versions",
            Setup(
                readers: [0, 0, 1], writers: [(.versioned, 0), (.versioned, 1)], isWarm: true)),
        Scene(
            "versions and a replica",
            Setup(
                readers: [0, 1, 1], writers: [(.versioned, 0), (.versioned, 1)], isWarm: true,
                forgets: false, replicaLags: true)),
        Scene("two tiers", Setup(readers: [0, 0, 0], writers: [(.plain, 0)], hasTiers: true)),
    ]

    static let full = [
        Scene("cold, full", Setup(readers: [0, 0, 0, 1], writers: plain, ticks: 1)),
        Scene("a refresh, full", Setup(readers: [0, 0, 0, 1], writers: plain, isWarm: true)),
        Scene(
            "lease on read, full",
            Setup(readers: [0, 0, 0, 1], writers: plain, leasesOnRead: true)),
        Scene(
            "strict, full",
            Setup(readers: [0, 0, 0, 1], writers: strict, isWarm: true, forgets: false)),
        Scene(
            "two tiers, full",
            Setup(
                readers: [0, 0, 0], writers: [(.plain, 0), (.plain, 0)], hasTiers: true,
                isWarm: true)),
    ]

    @Test(
        "nothing older than an acknowledged write is cached or read",
        arguments: isFull ? small + full : small)
    func complete(scene: Scene) {
        let begin = ContinuousClock.now
        let explorer = Explorer(SharedCacheWorld(scene.setup))
        if Self.isFull {
            print(scene.description, explorer.states, "states", ContinuousClock.now - begin)
        }
        #expect(explorer.violation == nil)
        #expect(explorer.states > 1_000)
    }

    static let broken: [(World.Rules, Setup)] = [
        (.cacheAside, Setup(readers: [0], writers: plain)),
        (.doubleDelete, Setup(readers: [0], writers: plain)),
        (.tokenPerProcess, Setup(readers: [0, 0], writers: plain)),
        (.refreshByValue, Setup(readers: [0, 1], writers: plain, isWarm: true)),
        (.forgetContention, Setup(readers: [0], writers: strict)),
        (.localFirst, Setup(readers: [0], writers: [(.plain, 0)], hasTiers: true, isWarm: true)),
        (.trustEveryLoad, Setup(readers: [0, 0], writers: [(.plain, 1)])),
        (.joinUnderBarrier, Setup(readers: [0, 0, 1], writers: strict, forgets: false)),
    ]

    @Test("the explorer finds what goes wrong when a rule is left out", arguments: broken)
    func incomplete(rules: World.Rules, setup: Setup) throws {
        var setup = setup
        #expect(Explorer(SharedCacheWorld(setup)).violation == nil, "the rule is not the reason")
        setup.rules = rules
        let violation = try #require(Explorer(SharedCacheWorld(setup)).violation)
        #expect(!violation.path.isEmpty)
    }

    @Test("a rule is left out for each of those that there are")
    func everyRule() {
        #expect(Set(Self.broken.map(\.0)).union([.complete]) == Set(World.Rules.allCases))
    }

    @Test("without a floor a replica that lags fills what is older than a recorded write")
    func withoutFloor() {
        let setup = Setup(
            readers: [0], writers: [(.plain, 0)], forgets: false, replicaLags: true)
        #expect(Explorer(SharedCacheWorld(setup)).violation != nil)
    }
}
