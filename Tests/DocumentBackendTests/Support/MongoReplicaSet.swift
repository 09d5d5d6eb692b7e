import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

/// A replica set of a test's own, of three members that are killed, stopped and started again.
///
/// It is impatient. An election begins two seconds after the primary was last heard of; MongoDB's
/// own setting is ten. And a member that copies from one that has fallen silent looks for another
/// after two or three seconds and not after twenty, until which there is no majority.
///
/// The members end with the last reference, as ``MongoServerProcess`` says.
final class MongoReplicaSet: Sendable {
    /// That of the suite which has the trait `.replicaSet`.
    @TaskLocal static var current: MongoReplicaSet?

    /// A server of the set, and a way to ask it alone.
    struct Member: Sendable {
        let server: MongoServerProcess
        let direct: MongoDatabase
        var host: String { "127.0.0.1:\(server.port)" }
    }

    let members: [Member]

    private init(_ members: [Member]) { self.members = members }

    /// Starts the servers side by side, and returns when there is a primary and all others follow.
    static func start() async throws -> MongoReplicaSet {
        let members = try await withThrowingTaskGroup(of: Member.self) { group in
            for _ in 0..<3 { group.addTask { try await makeMember() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let set = MongoReplicaSet(members)
        _ = try await members[0].direct.rawCommand([
            "replSetInitiate": .document(set.configuration)
        ])
        try await set.untilWhole()
        return set
    }

    private static func makeMember() async throws -> Member {
        let server = try await MongoServerProcess.start([
            "--replSet", "rs0", "--oplogSize", "64",
            "--setParameter", "diagnosticDataCollectionEnabled=false",
            "--setParameter", "oplogNetworkTimeoutBufferSeconds=1",
            "--setParameter", "oplogRetriedFindMaxSeconds=1",
        ])
        let direct = try MongoDatabase(
            server.url
                + "&serverSelectionTimeoutMS=300&socketTimeoutMS=1000&connectTimeoutMS=300"
                + "&heartbeatFrequencyMS=500",
            database: "admin", settings: MongoSettings(maximumConnections: 1))
        return Member(server: server, direct: direct)
    }

    private var configuration: Document {
        let members = members.enumerated().map { place, member -> DocumentValue in
            ["_id": .int32(Int32(place)), "host": .string(member.host)]
        }
        return [
            "_id": "rs0", "members": .array(members),
            "settings": [
                "electionTimeoutMillis": 2_000, "heartbeatIntervalMillis": 500,
                "heartbeatTimeoutSecs": 1,
            ],
        ]
    }

    /// The address of the whole set.
    func url(_ options: String = "") -> String {
        "mongodb://\(members.map(\.host).joined(separator: ","))/?replicaSet=rs0&\(options)"
    }

    /// The member that takes writes, as soon as there is one.
    func primary() async throws -> Member {
        let found = try await Waiting.poll { () async throws -> Member? in
            for member in members where member.server.isRunning {
                let hello = try? await member.direct.rawCommand(["hello": 1])
                if hello?["isWritablePrimary"] == true { return member }
            }
            return nil
        }
        return try #require(found, "the replica set has no primary")
    }

    /// The members that follow.
    func secondaries() async throws -> [Member] {
        let primary = try await primary()
        return members.filter { $0.host != primary.host }
    }

    /// Starts who was killed, wakes who was stopped, and waits until all are there and equal.
    func heal() async throws {
        for member in members {
            if member.server.isRunning {
                member.server.resume()
            } else {
                try await member.server.restart()
            }
        }
        try await untilWhole()
    }

    /// Waits until there is a primary and both others have what it writes.
    ///
    /// To be called a secondary is not enough: one that has just been started says so before it
    /// looks for a member to copy from, and when that one is stopped at the same moment, it waits
    /// for twenty seconds before it looks for another.
    private func untilWhole() async throws {
        let isWhole = try await Waiting.poll { () async throws -> Bool? in
            let primary = try await primary()
            let reply = try? await primary.direct.rawCommand(
                [
                    "insert": "whole", "documents": [[:]],
                    "writeConcern": ["w": 3, "wtimeout": 2_000],
                ], on: "storagekit_whole")
            let isEverywhere = reply?["n"]?.wholeNumber == 1 && reply?["writeConcernError"] == nil
            return isEverywhere ? true : nil
        }
        try #require(isWhole == true, "the replica set did not come together")
    }

    /// Closes the connections and kills the servers.
    func end() async {
        for member in members {
            member.server.kill()
            await member.direct.close()
        }
    }
}

/// Gives a suite a replica set, which is ``MongoReplicaSet/current`` in its tests.
struct ReplicaSetTrait: SuiteTrait, TestScoping {
    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let set = try await MongoReplicaSet.start()
        do {
            try await MongoReplicaSet.$current.withValue(set) { try await body() }
        } catch {
            await set.end()
            throw error
        }
        await set.end()
    }
}

extension Trait where Self == ReplicaSetTrait {
    /// One replica set for all tests of a suite.
    static var replicaSet: ReplicaSetTrait { ReplicaSetTrait() }
}
