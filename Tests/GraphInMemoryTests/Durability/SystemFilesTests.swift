import Foundation
import GraphInMemory
import StorageKit
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("A graph in a folder of the system")
struct SystemFilesTests {
    private let folder: TestSupport.TemporaryFolder
    private var path: String { folder.file("graph") }

    init() throws { folder = try TestSupport.TemporaryFolder() }

    private func expectError(
        _ code: StorageError.Code, _ body: () async throws -> Void
    ) async -> StorageError? {
        let error = await #expect(throws: StorageError.self) { try await body() }
        #expect(error?.code == code, "\(String(describing: error))")
        return error
    }

    @Test(
        "is there again after closing, with its ids, properties and indexes",
        arguments: GraphDurability.allCases)
    func reopening(_ durability: GraphDurability) async throws {
        let settings = GraphStorageSettings(durability: durability)
        let graph = try await GraphInMemory(at: path, settings: settings)
        let ada = try await graph.createNode(["Person"], ["name": "Ada"])
        let charles = try await graph.createNode(["Person"], ["name": "Charles"])
        let knows = try await graph.createRelationship(
            from: ada, "KNOWS", to: charles, ["since": 1833])
        await graph.close()
        let again = try await GraphInMemory(at: path, settings: settings)
        #expect(try await again.node(ada)?["name"] == "Ada")
        #expect(try await again.relationship(knows)?["since"] == 1833)
        #expect(try await again.createNode() > charles)
        await again.close()
    }

    @Test("with a checkpoint holds one snapshot and one log, and goes on from there")
    func checkpoint() async throws {
        let graph = try await GraphInMemory(at: path)
        for _ in 0..<10 { try await graph.createNode(["Person"]) }
        try await graph.checkpoint()
        try await graph.checkpoint()
        try await graph.createNode(["Person"])
        try await graph.checkpoint()
        try await graph.createNode(["Person"])
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        #expect(names == ["lock", "log-00000000000000000011", "snapshot-00000000000000000011"])
        await graph.close()
        let again = try await GraphInMemory(at: path)
        #expect(try await again.nodeCount(labelled: "Person") == 12)
        await again.close()
    }

    @Test("writes snapshots by itself, beside the writes, when its log is long")
    func automatic() async throws {
        let settings = GraphStorageSettings(minimumLogBytes: 2_000, logToSnapshotRatio: 1)
        let graph = try await GraphInMemory(at: path, settings: settings)
        for _ in 0..<500 { try await graph.createNode(["Person"], ["name": "Somebody"]) }
        await graph.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.contains { $0.hasPrefix("snapshot-") })
        let again = try await GraphInMemory(at: path, settings: settings)
        #expect(try await again.nodeCount(labelled: "Person") == 500)
        await again.close()
    }

    @Test("closed with a checkpoint has an empty log")
    func checkpointOnClose() async throws {
        let settings = GraphStorageSettings(checkpointsOnClose: true)
        let graph = try await GraphInMemory(at: path, settings: settings)
        for _ in 0..<3 { try await graph.createNode(["Person"]) }
        await graph.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        #expect(names == ["lock", "log-00000000000000000003", "snapshot-00000000000000000003"])
    }

    @Test("is busy for a second store until the first is closed, or gone")
    func busy() async throws {
        var graph: GraphInMemory? = try await GraphInMemory(at: path)
        let error = await expectError(.busy) { _ = try await GraphInMemory(at: path) }
        #expect(error?.isRetryable == true)
        await graph?.close()
        graph = try await GraphInMemory(at: path)
        #expect(try await graph?.nodeCount(labelled: nil) == 0)
        graph = nil
        // Whoever lets go of a store without closing it has it closed in the background.
        let second = try await Waiting.poll { try? await GraphInMemory(at: path) }
        try await #require(second).close()
    }

    @Test("is refused where something else is, and nothing is made there")
    func somethingElse() async throws {
        try folder.write("text", to: "file")
        _ = await expectError(.corrupted) { _ = try await GraphInMemory(at: folder.file("file")) }
        _ = await expectError(.corrupted) { _ = try await GraphInMemory(at: folder.path) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("lock")))
        _ = await expectError(.notFound) {
            _ = try await GraphInMemory(at: folder.file("no/graph"))
        }
    }

    @Test("a graph without a folder has nothing to checkpoint")
    func inMemory() async throws {
        _ = await expectError(.unsupported) { try await GraphInMemory().checkpoint() }
    }

    @Test("a device without room is told as that")
    func fullDevice() async throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let file = try SystemFile("/dev/full", creates: false)
        let error = await expectError(.resourceExhausted) { try file.write([1], at: 0) }
        #expect(error?.native?.name == "ENOSPC")
        #expect(error?.message.contains("/dev/full") == true)
    }

    @Test("a file is read and written at any place, and shortened")
    func files() throws {
        let path = folder.file("bytes")
        let file = try SystemFile(path, creates: true)
        try file.write([1, 2, 3], at: 2)
        try file.sync()
        #expect(try file.read(at: 0, count: 100) == [0, 0, 1, 2, 3])
        #expect(try file.read(at: 4, count: 1) == [3])
        #expect(try file.read(at: 5, count: 1) == [])
        try file.truncate(to: 3)
        #expect(try file.length() == 3)
        #expect(try SystemFile(path, creates: false).read(at: 0, count: 9) == [0, 0, 1])
        #expect(try SystemFile(path, creates: true).length() == 0)
    }

    @Test(
        "closed it holds no descriptor, however opening went",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "needs /proc"))
    func descriptors() async throws {
        for _ in 0..<5 {
            let graph = try await GraphInMemory(at: path)
            try await graph.createNode(["Person"])
            _ = await expectError(.busy) { _ = try await GraphInMemory(at: path) }
            try await graph.checkpoint()
            await graph.close()
        }
        #expect(try DescriptorCount.current(of: path) == 0)
        let log = try #require(
            FileManager.default.contentsOfDirectory(atPath: path).first { $0.hasPrefix("log-") })
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path + "/" + log))
        _ = await expectError(.corrupted) { _ = try await GraphInMemory(at: path) }
        #expect(try DescriptorCount.current(of: path) == 0)
    }
}
