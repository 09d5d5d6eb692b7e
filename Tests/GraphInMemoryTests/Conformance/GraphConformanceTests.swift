import Foundation
import GraphInMemory
import StorageKit
import StorageKitTesting
import Synchronization
import Testing

@Suite("The contract of graph stores")
struct GraphConformanceTests {
    @Test(
        "is kept in memory",
        arguments: GraphLaws.cases(for: InMemoryGraphHarness.self))
    func keeps(law: ConformanceCase<InMemoryGraphHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryGraphHarness(), seed: 1)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("is kept in a folder", arguments: GraphLaws.cases(for: DurableGraphHarness.self))
    func keepsInFolder(law: ConformanceCase<DurableGraphHarness>) async {
        let runner = ConformanceRunner(harness: DurableGraphHarness(), seed: 1)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "is kept by transactions",
        arguments: GraphLaws.transactionCases(for: InMemoryGraphHarness.self))
    func keepsTransactions(law: ConformanceCase<InMemoryGraphHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryGraphHarness(), seed: 1)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "is kept by transactions in a folder",
        arguments: GraphLaws.transactionCases(for: DurableGraphHarness.self))
    func keepsTransactionsInFolder(law: ConformanceCase<DurableGraphHarness>) async {
        let runner = ConformanceRunner(harness: DurableGraphHarness(), seed: 1)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await GraphLaws.killReport(breaking: InMemoryGraphHarness(), seed: 1)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("every broken transaction is caught, and every law of them catches one")
    func transactionKillMatrix() async {
        let report = await GraphLaws.transactionKillReport(
            breaking: InMemoryGraphHarness(), seed: 1)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }
}

/// Graphs that live as long as a case.
struct InMemoryGraphHarness: GraphHarness {
    func makeSubject() async throws -> GraphInMemory { GraphInMemory() }

    func tearDown(_ subject: GraphInMemory) async throws { await subject.close() }
}

/// Graphs in folders that are removed behind each case; buffered, or the disk would decide how long
/// the tests take.
struct DurableGraphHarness: GraphHarness {
    private static let folders = Mutex<[ObjectIdentifier: URL]>([:])

    func makeSubject() async throws -> GraphInMemory {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "graph-\(UUID().uuidString)")
        let graph = try await GraphInMemory(
            at: folder.path, settings: GraphStorageSettings(durability: .buffered))
        Self.folders.withLock { $0[ObjectIdentifier(graph)] = folder }
        return graph
    }

    func tearDown(_ subject: GraphInMemory) async throws {
        await subject.close()
        let folder = Self.folders.withLock { $0.removeValue(forKey: ObjectIdentifier(subject)) }
        if let folder { try FileManager.default.removeItem(at: folder) }
    }
}
