import StorageKit

/// Makes the same calls on a fresh subject and on a fresh model and compares the answers.
struct KeyValueComparison<Harness: KeyValueHarness>: Sendable {
    typealias Call = KeyValueCall<KeyValueScene<Harness>.Store>
    typealias Outcome = Result<KeyValueReply, StorageError>

    /// Draws one call; the number is another one each time.
    typealias Draw = @Sendable (Int, inout SeededGenerator) -> Call

    let scene: KeyValueScene<Harness>

    init(_ scene: KeyValueScene<Harness>) { self.scene = scene }

    /// Fails the case when a random sequence is answered otherwise than the model answers it.
    func run(sequences: Int = 10, length: Int = 60, _ draw: Draw) async throws {
        var generator = scene.context.makeGenerator()
        for _ in 0..<sequences {
            let calls = (0..<length).map { draw($0, &generator) }
            guard try await disagreement(calls) != nil else { continue }
            throw try await shrunkFailure(calls)
        }
    }

    /// A call of a sequence that was answered otherwise than the model answers it.
    struct Disagreement: Sendable {
        var place: Int
        var expected: Outcome
        var seen: Outcome
    }

    /// The first call whose answers differ, or `nil`.
    private func disagreement(_ calls: [Call]) async throws -> Disagreement? {
        let model = ModelKeyValueStore(limits: scene.store.limits, clock: ManualClock())
        return try await scene.withAnotherScene { scene in
            for (place, call) in calls.enumerated() {
                let seen = await call.outcome(on: scene.store)
                let expected: Outcome
                do throws(StorageError) {
                    expected = .success(try await model.reply(to: call.operation))
                } catch {
                    expected = .failure(error)
                }
                guard seen.agrees(with: expected) else {
                    return Disagreement(place: place, expected: expected, seen: seen)
                }
            }
            return nil
        }
    }

    private func shrunkFailure(_ calls: [Call]) async throws -> ConformanceFailure {
        let shortest = await Shrinker().shrink(calls) { candidate in
            // A store that cannot be made is no proof that the calls disagree.
            ((try? await disagreement(candidate)) ?? nil) != nil
        }
        guard let found = try await disagreement(shortest) else {
            return ConformanceFailure(
                expected: "the model's answers", seen: "others, but not always: the calls race",
                steps: calls.map(\.description))
        }
        let steps = shortest.prefix(found.place + 1).map(\.description)
        return ConformanceFailure(
            expected: "\(shortest[found.place]) to answer \(Self.text(found.expected))",
            seen: Self.text(found.seen), steps: steps)
    }

    private static func text(_ outcome: Outcome) -> String {
        switch outcome {
        case .success(let reply): shortened("\(reply)")
        case .failure(let error): "the error \(error)"
        }
    }
}

extension Result<KeyValueReply, StorageError> {
    /// Whether an answer is one the contract allows where the model gives another.
    func agrees(with expected: Self) -> Bool {
        switch (self, expected) {
        case (.success(let seen), .success(let expected)): seen.agrees(with: expected)
        case (.failure(let seen), .failure(let expected)): seen.code == expected.code
        default: false
        }
    }
}

extension KeyValueReply {
    fileprivate func agrees(with expected: KeyValueReply) -> Bool {
        switch (self, expected) {
        case (.number(let seen?), .number(let expected?)): isClose(seen, expected)
        case (.members(let seen), .members(let expected)):
            seen.map(\.member) == expected.map(\.member)
                && zip(seen, expected).allSatisfy { isClose($0.score, $1.score) }
        case (.timeToLive(.remaining(let seen)), .timeToLive(.remaining(let expected))):
            // The model's clock stands still, the subject's need not.
            seen <= expected && seen > expected - .seconds(120)
        default: self == expected
        }
    }
}

/// Whether two numbers are equal but for what rounding may have done.
func isClose(_ left: Double, _ right: Double) -> Bool {
    left == right || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
}
