import StorageKit
import StorageKitTesting
import Testing

@Suite("The laws of Repository")
struct RepositoryLawsTests {
    @Test("the model keeps every law", arguments: RepositoryLaws.cases(for: ModelHarness.self))
    func model(law: ConformanceCase<ModelHarness>) async {
        let verdict = await ConformanceRunner(harness: ModelHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "a store that counts its round trips keeps those laws too",
        arguments: RepositoryLaws.cases(for: CountingHarness.self)
            + RepositoryLaws.roundTripCases(for: CountingHarness.self))
    func counting(law: ConformanceCase<CountingHarness>) async {
        let verdict = await ConformanceRunner(harness: CountingHarness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("the laws hold whatever the seed", arguments: UInt64(0)..<8)
    func seeds(seed: UInt64) async {
        let runner = ConformanceRunner(harness: ModelHarness(), seed: seed)
        let report = await runner.run(RepositoryLaws.cases())
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("a store that answers late and out of turn keeps the laws")
    func slow() async {
        let runner = ConformanceRunner(harness: YieldingHarness(), seed: testSeed)
        let report = await runner.run(RepositoryLaws.cases())
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("a store without limits worth probing is told so and not failed")
    func unlimited() async {
        let runner = ConformanceRunner(harness: UnlimitedHarness(), seed: testSeed)
        let report = await runner.run(RepositoryLaws.cases())
        #expect(report.isAcceptable, "\(report)")
        let untried = report.entries.filter { $0.verdict != .passed }.map(\.id)
        #expect(
            untried == [
                "repository.limits.batch-at-the-limit", "repository.limits.batch-past-the-limit",
                "repository.limits.page-past-the-limit",
            ])
    }

    @Test("a store with limits of 1 can keep every law that it can be asked")
    func narrow() async {
        let runner = ConformanceRunner(harness: NarrowHarness(), seed: testSeed)
        let report = await runner.run(RepositoryLaws.cases())
        #expect(report.isAcceptable, "\(report)")
    }

    @Test("identifiers and clauses are there, and no identifier is used twice")
    func identifiers() {
        let laws = RepositoryLaws.cases(for: CountingHarness.self) + RepositoryLaws.roundTripCases()
        #expect(laws.flaws(family: "repository") == [])
    }
}

/// The model behind a pause before and after every call, as a store over a network is.
private struct YieldingHarness: RepositoryHarness {
    func makeSubject() async throws -> FaultInjectingRepository<SpecimenModel> {
        let schedule = RepositoryFaultSchedule { _, call in
            call.isMultiple(of: 2) ? .holdBefore { await Task.yield() } : .holdAfter(pauseTwice)
        }
        return FaultInjectingRepository(try await ModelHarness().makeSubject(), schedule: schedule)
    }
}

@Sendable private func pauseTwice() async {
    await Task.yield()
    await Task.yield()
}

private struct UnlimitedHarness: RepositoryHarness {
    func makeSubject() async throws -> SpecimenModel {
        SpecimenModel(limits: .init(maximumBatchSize: .max, maximumPageSize: .max))
    }
}

private struct NarrowHarness: RepositoryHarness {
    func makeSubject() async throws -> SpecimenModel {
        SpecimenModel(limits: .init(maximumBatchSize: 1, maximumPageSize: 1))
    }
}
