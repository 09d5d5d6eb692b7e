import StorageKit

/// Makes the same calls on a fresh subject and on a fresh model and compares the answers.
struct KeyValueComparison<Harness: KeyValueHarness>: SequenceComparison {
    typealias Call = KeyValueCall<KeyValueScene<Harness>.Store>
    typealias Outcome = Result<KeyValueReply, StorageError>

    let scene: KeyValueScene<Harness>

    init(_ scene: KeyValueScene<Harness>) { self.scene = scene }

    func disagreement(_ calls: [Call]) async throws -> Disagreement? {
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
