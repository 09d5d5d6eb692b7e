import StorageKit

/// Makes the same calls on a fresh subject and on a fresh model and compares the answers.
struct RepositoryComparison<Harness: RepositoryHarness>: SequenceComparison {
    typealias Call = RepositoryCall<Harness.Subject.Entity, Harness.Subject.ID>
    typealias Outcome =
        Result<RepositoryResult<Harness.Subject.Entity, Harness.Subject.ID>, StorageError>

    let scene: RepositoryScene<Harness>
    /// The place of each identifier in the order the subject scans in.
    private let rank: [Harness.Subject.ID: Int]

    /// The numbers that calls use: few, so that calls meet.
    private static var numbers: Range<Int> { 0..<6 }

    init(_ scene: RepositoryScene<Harness>) async throws {
        self.scene = scene
        let order = try await scene.scanOrder(of: Self.numbers)
        rank = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    }

    func disagreement(_ calls: [Call]) async throws -> Disagreement? {
        let model = makeModel()
        return try await scene.harness.withSubject { subject in
            for (place, call) in calls.enumerated() {
                let seen = await call.outcome(on: subject)
                let expected = await call.outcome(on: model)
                guard Self.agree(seen, expected) else {
                    return Disagreement(place: place, expected: expected, seen: seen)
                }
            }
            return nil
        }
    }

    private func makeModel() -> ModelRepository<Harness.Subject.Entity> {
        let last = rank.count
        return ModelRepository(limits: scene.store.limits) { [rank] left, right in
            rank[left, default: last] < rank[right, default: last]
        }
    }
}

extension RepositoryComparison {
    /// Whether an answer is one the contract allows where the model gives another.
    static func agree(_ seen: Outcome, _ expected: Outcome) -> Bool {
        switch (seen, expected) {
        case (.success(.page(let seen)), .success(.page(let expected))): agree(seen, expected)
        case (.success(let seen), .success(let expected)): seen == expected
        case (.failure(let seen), .failure(let expected)): seen.code == expected.code
        default: false
        }
    }

    /// A page may hold less than the model's when it says where to go on.
    private static func agree(
        _ seen: Page<Harness.Subject.Entity, Harness.Subject.ID>,
        _ expected: Page<Harness.Subject.Entity, Harness.Subject.ID>
    ) -> Bool {
        guard expected.entities.starts(with: seen.entities) else { return false }
        guard seen.next == nil else { return true }
        return expected.next == nil && seen.entities.count == expected.entities.count
    }
}

extension RepositoryComparison {
    /// A call of any method, drawn so that each meets entities that are there and that are not.
    func randomCall(revision: Int, using generator: inout SeededGenerator) -> Call {
        let number = Int.random(in: Self.numbers, using: &generator)
        switch Int.random(in: 0..<12, using: &generator) {
        case 0...2: return .get(scene.id(number))
        case 3: return .getMany(randomIDs(using: &generator))
        case 4...5: return .insert(scene.entity(number, revision))
        case 6: return .replace(scene.entity(number, revision))
        case 7...8: return .upsert(scene.entity(number, revision))
        case 9: return .delete(scene.id(number))
        default:
            let limit = scene.pageSize(Int.random(in: 1...5, using: &generator))
            let isFirst = Int.random(in: 0..<3, using: &generator) == 0
            return .scan(after: isFirst ? nil : scene.id(number), limit: limit)
        }
    }

    private func randomIDs(using generator: inout SeededGenerator) -> [Harness.Subject.ID] {
        let count = Int.random(
            in: 0...min(6, scene.store.limits.maximumBatchSize), using: &generator)
        return (0..<count).map { _ in scene.id(Int.random(in: Self.numbers, using: &generator)) }
    }
}
