import StorageKitTesting
import Testing

@Suite("SeededGenerator")
struct SeededGeneratorTests {
    @Test("it gives the numbers of the published algorithm")
    func vector() {
        // The first three numbers of SplitMix64 for the seed 1234567, as the authors' code has
        // them.
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test("equal seeds give equal numbers, other seeds others")
    func reproducible() {
        func numbers(_ seed: UInt64) -> [Int] {
            var generator = SeededGenerator(seed: seed)
            return (0..<20).map { _ in Int.random(in: 0..<1000, using: &generator) }
        }
        #expect(numbers(1) == numbers(1))
        #expect(numbers(1) != numbers(2))
    }

    @Test("a case that fails at random fails in the same way for the same seed")
    func replay() async throws {
        let defect = try #require(RepositoryDefect<SpecimenModel>.gallery.first)
        let law = try #require(
            RepositoryLaws.cases(for: BrokenRepositoryHarness<ModelHarness>.self)
                .first { $0.id == "repository.model.random-sequences" })
        let runner = ConformanceRunner(
            harness: BrokenRepositoryHarness(ModelHarness(), defect), seed: testSeed)
        let first = await runner.run(law)
        #expect(!first.isAcceptable)
        #expect(await runner.run(law) == first)
    }
}
