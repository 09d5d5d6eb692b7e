import Foundation
import Testing

@testable import StorageKit

/// Every interleaving in worlds of several processes; see ``SharedCacheWorld`` for what a step is.
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

    static let plain: [World.Post] = [.plain(0), .plain(1)]
    static let versioned: [World.Post] = [.versioned(0), .versioned(1)]
    static let strict: [World.Post] = [.strict(0), .strict(1)]
    /// Three readers in one process and one in another.
    static let four = [0, 0, 0, 1]

    static let scenes = [
        Scene("two writers and four readers", Setup(readers: four, writers: plain)),
        Scene("a refresh", Setup(readers: [0, 0, 1], writers: plain, isWarm: true)),
        Scene("lease on read", Setup(readers: [0, 0, 1], writers: plain, leasesOnRead: true)),
        Scene("strict", Setup(readers: [0, 1], writers: strict, isWarm: true, forgets: false)),
        Scene("strict and forgetful", Setup(readers: [0, 1], writers: strict)),
        Scene(
            "strict beside plain",
            Setup(readers: [0, 1], writers: [.strict(0), .plain(1)], isWarm: true)),
        Scene("versions", Setup(readers: [0, 1], writers: versioned, isWarm: true)),
        Scene(
            "versions and a replica",
            Setup(
                readers: [0, 0, 1], writers: versioned, isWarm: true, forgets: false,
                replicaLags: true)),
        Scene(
            "versions, invalidations and a replica",
            Setup(
                readers: [0, 0, 1], writers: [.versioned(0), .invalidating(1)], isWarm: true,
                forgets: false, replicaLags: true)),
        Scene("clearing", Setup(readers: [0, 0, 1], writers: [.clearing(1)], isWarm: true)),
        Scene("tags", Setup(readers: [0, 0], writers: [.tagging(0), .tagging(1)])),
        Scene("other tags", Setup(readers: [0, 0], writers: [.tagging(1), .taggingOthers(1)])),
        Scene("clearing and tags", Setup(readers: [0, 0], writers: [.clearing(0), .tagging(1)])),
        Scene(
            "clearing beside strict",
            Setup(readers: [0, 1], writers: [.strict(0), .clearing(1)], isWarm: true)),
        Scene("tags and versions", Setup(readers: [0, 0], writers: [.versioned(0), .tagging(1)])),
        Scene("two tiers", Setup(readers: [0, 0, 0], writers: [.plain(0)], hasTiers: true)),
    ]

    // `STORAGEKIT_EXPLORE=full` asks for them: see docs/testing.md.
    static let larger = [
        Scene("four readers, a refresh", Setup(readers: four, writers: plain, isWarm: true)),
        Scene(
            "four readers, lease on read",
            Setup(readers: four, writers: plain, leasesOnRead: true, isWarm: true)),
        Scene(
            "four readers, strict",
            Setup(readers: four, writers: strict, isWarm: true, forgets: false)),
        Scene("three readers, strict and forgetful", Setup(readers: [0, 0, 1], writers: strict)),
        Scene("four readers, versions", Setup(readers: four, writers: versioned, isWarm: true)),
        Scene(
            "four readers, clearing and tags",
            Setup(readers: four, writers: [.clearing(0), .tagging(1)], isWarm: true)),
        Scene(
            "four readers, two tiers",
            Setup(
                readers: [0, 0, 0, 0], writers: [.plain(0), .plain(0)], hasTiers: true,
                isWarm: true)),
    ]

    static var explored: [Scene] {
        let size = ProcessInfo.processInfo.environment["STORAGEKIT_EXPLORE"]
        return size == "full" ? scenes + larger : scenes
    }

    @Test("nothing older than an acknowledged write is cached or read", arguments: explored)
    func complete(scene: Scene) {
        let explorer = Explorer(World(scene.setup))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 1000)
    }

    static let broken: [Setup] = [
        Setup(rules: .cacheAside, readers: [0], writers: plain),
        Setup(rules: .doubleDelete, readers: [0], writers: plain),
        Setup(rules: .tokenPerProcess, readers: [0, 0], writers: plain),
        Setup(rules: .refreshByValue, readers: [0, 1], writers: plain, isWarm: true),
        Setup(rules: .forgetContention, readers: [0], writers: strict),
        Setup(
            rules: .localFirst, readers: [0], writers: [.plain(0)], hasTiers: true, isWarm: true),
        Setup(rules: .trustEveryLoad, readers: [0, 0], writers: [.plain(1)]),
        Setup(rules: .trustTaggedLoads, readers: [0, 0], writers: [.tagging(1)]),
        Setup(rules: .countGenerations, readers: [0], writers: [.clearing(0)], isWarm: true),
        Setup(rules: .epochOfPublication, readers: [0], writers: [.tagging(0)]),
    ]

    @Test("the explorer finds what goes wrong when a rule is left out", arguments: broken)
    func incomplete(setup: Setup) {
        #expect(Explorer(World(setup)).violation != nil)
        var complete = setup
        complete.rules = .complete
        #expect(Explorer(World(complete)).violation == nil, "the rule is not the reason")
    }

    @Test("a rule is left out for each of those that there are")
    func everyRule() {
        #expect(Set(Self.broken.map(\.rules)).union([.complete]) == Set(World.Rules.allCases))
    }

    @Test("without a floor a replica that lags fills what is older than a recorded write")
    func withoutFloor() {
        let setup = Setup(
            readers: [0], writers: [.plain(0)], forgets: false, replicaLags: true)
        #expect(Explorer(World(setup)).violation != nil)
    }
}
