import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The laws of document transactions: MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoTransactionLawsTests {
    @Test(
        "keeps the contract of transactions",
        arguments: DocumentLaws.transactionCases(for: MongoHarness.self))
    func keeps(law: ConformanceCase<MongoHarness>) async {
        let verdict = await ConformanceRunner(harness: MongoHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
