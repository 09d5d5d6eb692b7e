import Foundation
import GraphInMemory
import StorageKit

/// Writes to a graph until it is killed, and says on standard output what it tries and what has
/// been acknowledged.
///
/// Arguments: the folder, the number of the run, from which all numbers follow, and a durability. A
/// line is `try NUMBER` before a call and `ok NUMBER` after its await has returned. 32 tasks make
/// single nodes and share syncs; others make, in a transaction, two nodes and a relationship
/// between them that have the same number. Snapshots are written all the time.
///
/// With `measure` in place of a number it says how many commits a second it makes with one task,
/// and with 64.
@main
struct GraphCrashWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let durability = GraphDurability(rawValue: arguments[3]) else {
            throw StorageError(
                code: .invalidArgument, message: "give a folder, a run's number and a durability")
        }
        if arguments[2] == "measure" { return try await measure(arguments[1], durability) }
        guard let run = Int(arguments[2]) else {
            throw StorageError(code: .invalidArgument, message: "a run's number is a number")
        }
        let settings = GraphStorageSettings(
            durability: durability, minimumLogBytes: 5_000, logToSnapshotRatio: 0.5)
        let graph = try await GraphInMemory(at: arguments[1], settings: settings)
        say("open")
        try await withThrowingTaskGroup { group in
            for task in 0..<32 {
                group.addTask { try await makeNodes(from: run * 1_000_000 + task * 10_000, graph) }
            }
            for task in 32..<36 {
                group.addTask { try await makePairs(from: run * 1_000_000 + task * 10_000, graph) }
            }
            try await group.waitForAll()
        }
    }

    private static func makeNodes(from first: Int, _ graph: GraphInMemory) async throws {
        for number in first..<(first + 10_000) {
            say("try \(number)")
            try await graph.createNode(["Single"], ["number": .integer(Int64(number))])
            say("ok \(number)")
        }
    }

    private static func makePairs(from first: Int, _ graph: GraphInMemory) async throws {
        for number in first..<(first + 10_000) {
            let properties: [PropertyKey: GraphValue] = ["number": .integer(Int64(number))]
            say("try \(number)")
            try await graph.withTransaction { transaction in
                let left = try await transaction.createNode(["Left"], properties)
                let right = try await transaction.createNode(["Right"], properties)
                try await transaction.createRelationship(
                    from: left, "PAIR", to: right, properties)
            }
            say("ok \(number)")
        }
    }

    private static func measure(_ path: String, _ durability: GraphDurability) async throws {
        let graph = try await GraphInMemory(
            at: path, settings: GraphStorageSettings(durability: durability))
        for tasks in [1, 64, 1, 64, 1, 64] {
            let start = ContinuousClock.now
            let count = try await commits(of: tasks, until: start + .seconds(1), graph)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            say("\(tasks) tasks: \(Int(Double(count) / seconds)) commits/s")
        }
        await graph.close()
    }

    private static func commits(
        of tasks: Int, until end: ContinuousClock.Instant, _ graph: GraphInMemory
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await graph.createNode(["Measured"], ["task": .integer(Int64(task))])
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// Without a buffer of this process, which SIGKILL would take along.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
