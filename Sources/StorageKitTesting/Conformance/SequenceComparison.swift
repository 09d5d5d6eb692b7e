import StorageKit

/// Makes the same calls on a fresh subject and on a fresh model and compares the answers.
protocol SequenceComparison: Sendable {
    associatedtype Scene: ConformanceScene
    associatedtype Call: Sendable

    var scene: Scene { get }

    /// The first call whose answers differ, or `nil`.
    func disagreement(_ calls: [Call]) async throws -> Disagreement?
}

/// A call of a sequence that was answered otherwise than the model answers it.
struct Disagreement: Sendable {
    let place: Int
    let expected: String
    let seen: String
}

extension SequenceComparison {
    /// Fails the case when a random sequence is answered otherwise than the model answers it.
    ///
    /// - Parameter draw: Draws one call; the number is another one each time.
    func run(
        sequences: Int = 10, length: Int = 60,
        _ draw: (Int, inout SeededGenerator) -> Call
    ) async throws {
        var generator = scene.context.makeGenerator()
        for _ in 0..<sequences {
            let calls = (0..<length).map { draw($0, &generator) }
            guard try await disagreement(calls) != nil else { continue }
            throw try await shrunkFailure(calls)
        }
    }

    /// The failure of the shortest sequence that still disagrees.
    private func shrunkFailure(_ calls: [Call]) async throws -> ConformanceFailure {
        let shortest = await Shrinker().shrink(calls) { candidate in
            // A store that cannot be made is no proof that the calls disagree.
            ((try? await disagreement(candidate)) ?? nil) != nil
        }
        guard let found = try await disagreement(shortest) else {
            return ConformanceFailure(
                expected: "the model's answers", seen: "others, but not always: the calls race",
                steps: calls.map { "\($0)" })
        }
        return ConformanceFailure(
            expected: "\(shortest[found.place]) to answer \(found.expected)", seen: found.seen,
            steps: shortest.prefix(found.place + 1).map { "\($0)" })
    }
}

extension Disagreement {
    /// Two outcomes that differ, in words.
    init<Answer>(
        place: Int, expected: Result<Answer, StorageError>, seen: Result<Answer, StorageError>
    ) {
        self.init(place: place, expected: Self.text(expected), seen: Self.text(seen))
    }

    private static func text<Answer>(_ outcome: Result<Answer, StorageError>) -> String {
        switch outcome {
        case .success(let answer): shortened("\(answer)")
        case .failure(let error): "the error \(error)"
        }
    }
}
