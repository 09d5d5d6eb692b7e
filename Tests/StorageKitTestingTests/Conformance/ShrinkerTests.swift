import StorageKit
import StorageKitTesting
import Testing

@Suite("Shrinker")
struct ShrinkerTests {
    @Test("what matters is left, in its order", arguments: UInt64(0)..<20)
    func finds(seed: UInt64) async {
        var generator = SeededGenerator(seed: seed)
        let elements = Array(0..<60).shuffled(using: &generator)
        let matters = Set(elements.prefix(Int.random(in: 1...4, using: &generator)))
        let shortest = await Shrinker().shrink(elements) { matters.isSubset(of: $0) }
        #expect(shortest == elements.filter(matters.contains))
    }

    @Test("a sequence from which nothing can be dropped stays as it is")
    func stays() async {
        #expect(await Shrinker().shrink([1, 2, 3]) { $0 == [1, 2, 3] } == [1, 2, 3])
        #expect(await Shrinker().shrink([Int]()) { _ in true } == [])
        #expect(await Shrinker().shrink([1]) { _ in true } == [])
    }

    @Test("it stops after as many attempts as allowed")
    func bounded() async {
        var attempts = 0
        let shortest = await Shrinker(maximumAttempts: 10).shrink(Array(0..<1000)) { _ in
            attempts += 1
            return false
        }
        #expect(attempts == 10)
        #expect(shortest.count == 1000)
    }

    @Test("a random sequence that finds a defect is shrunk to the calls that show it")
    func law() async throws {
        // A replaced entity keeps its old note when the new revision has none: it takes an entity
        // with a note, an upsert without one, and a look. Where the entity got its note by a
        // replace, no single call can be dropped from four.
        let merges = try #require(
            RepositoryDefect<SpecimenModel>.specimenGallery.first { $0.name == "upsert-merges" })
        let law = try #require(
            RepositoryLaws.cases(for: BrokenRepositoryHarness<ModelHarness>.self)
                .first { $0.id == "repository.model.random-sequences" })
        for seed in UInt64(0)..<5 {
            let failure = await #expect(throws: ConformanceFailure.self) {
                try await law.body(
                    BrokenRepositoryHarness(ModelHarness(), merges), ConformanceContext(seed: seed))
            }
            #expect((3...4).contains(failure?.steps?.count ?? 0), "\(failure?.steps ?? [])")
        }
    }
}
