import Foundation
import GraphInMemory
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite("A graph and the death of its process")
struct KilledProcessTests {
    /// What a writer has said before it died.
    struct Words {
        var tried: Set<Int> = []
        var acknowledged: Set<Int> = []

        init(_ text: String) {
            // A last line without its end was cut short.
            for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ")
                guard words.count == 2, let number = Int(words[1]) else { continue }
                if words[0] == "try" { tried.insert(number) }
                if words[0] == "ok" { acknowledged.insert(number) }
            }
        }
    }

    /// Beside the test's own executable.
    private static let writer: String = {
        let test = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let own = URL(fileURLWithPath: test ?? CommandLine.arguments[0])
        return own.deletingLastPathComponent().appendingPathComponent("GraphCrashWriter").path
    }()

    @Test(
        "killed at any moment again and again, it has lost nothing that was acknowledged",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe"), "needs /proc"),
        .timeLimit(.minutes(5)), arguments: GraphDurability.allCases)
    func killed(_ durability: GraphDurability) async throws {
        let folder = try TestSupport.TemporaryFolder()
        let path = folder.file("graph")
        var random = SeededGenerator(seed: testSeed)
        var acknowledged: Set<Int> = []
        var tried: Set<Int> = []
        for run in 1...20 {
            let output = folder.file("output")
            let child = try ChildProcess(
                Self.writer, [path, "\(run)", durability.rawValue], output: output)
            try await waitForOutput(output, bytes: Int.random(in: 0...9_000, using: &random), child)
            // The end of a process that waits for a disk may take as long as the disk.
            try await Waiting.onOwnThread { child.kill() }
            let words = Words(folder.text(of: "output"))
            acknowledged.formUnion(words.acknowledged)
            tried.formUnion(words.tried)
            let found = try await numbers(in: path)
            #expect(acknowledged.isSubset(of: found), "run \(run)")
            #expect(found.isSubset(of: tried), "run \(run)")
            // What was not acknowledged and is there all the same is there for good.
            acknowledged = found
        }
        #expect(acknowledged.count > 100, "the writers were killed before they wrote")
    }

    private func waitForOutput(_ path: String, bytes: Int, _ child: ChildProcess) async throws {
        let isThere = try await Waiting.poll { () async throws -> Bool? in
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            if let size, size >= bytes { return true }
            return child.isRunning ? nil : false
        }
        try #require(isThere == true, "the writer ended by itself, or stands still")
    }

    /// The numbers of all nodes; pairs are whole.
    private func numbers(in path: String) async throws -> Set<Int> {
        let graph = try await GraphInMemory(at: path)
        var numbers: [GraphLabel: Set<Int>] = [:]
        for label in ["Single", "Left", "Right"] as [GraphLabel] {
            var last: NodeID?
            while true {
                let page = try await graph.nodes(labelled: label, after: last, limit: 1_000)
                for node in page {
                    guard case .integer(let number) = node["number"] else { continue }
                    numbers[label, default: []].insert(Int(number))
                    if label == "Left" {
                        #expect(try await graph.degree(of: node.id, .outgoing("PAIR")) == 1)
                    }
                }
                last = page.last?.id
                if page.isEmpty { break }
            }
        }
        #expect(numbers["Left"] == numbers["Right"])
        await graph.close()
        return numbers.values.reduce(into: []) { $0.formUnion($1) }
    }
}
