import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The laws of document feeds: MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoFeedLawsTests {
    @Test(
        "keeps the contract of change feeds",
        arguments: DocumentLaws.feedCases(for: MongoHarness.self)
            + DocumentLaws.transactionFeedCases(for: MongoHarness.self))
    func keeps(law: ConformanceCase<MongoHarness>) async {
        let verdict = await ConformanceRunner(harness: MongoHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
