import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of key-value stores")
struct KeyValueLawsTests {
    typealias Harness = ModelKeyValueHarness

    static let laws =
        KeyValueLaws.allCases(for: Harness.self) + KeyValueLaws.exactExpiryCases()
        + KeyValueLaws.roundTripCases()

    @Test("the model keeps every law", arguments: laws)
    func model(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
