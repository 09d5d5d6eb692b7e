/// Runs cases on the stores of one harness.
public struct ConformanceRunner<Harness: Sendable>: Sendable {
    /// Where the stores come from.
    public let harness: Harness

    /// The seed of all randomness; every failure message repeats it.
    public let seed: UInt64

    /// The clauses the store is known not to keep: case identifier and reason.
    public let deviations: [String: String]

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - harness: Where the stores come from.
    ///   - seed: Print it or take it from outside, so that a failure can be replayed.
    ///   - deviations: Reasons by case identifier. A declared deviation that passes after all is a
    ///     failure: the declaration must go.
    public init(harness: Harness, seed: UInt64, deviations: [String: String] = [:]) {
        self.harness = harness
        self.seed = seed
        self.deviations = deviations
    }

    /// The verdict on one case.
    public func run(_ law: ConformanceCase<Harness>) async -> ConformanceVerdict {
        let outcome = await examine(law)
        guard let reason = deviations[law.id] else { return outcome }
        switch outcome {
        case .failed, .knownDeviation: return .knownDeviation(reason: reason)
        case .passed: return .failed(message: needless(law, "the case passes"))
        case .notApplicable(let why): return .failed(message: needless(law, why))
        }
    }

    /// The verdicts on all cases, one after the other.
    ///
    /// A deviation that names none of the cases becomes a failed entry of the report.
    public func run(_ laws: [ConformanceCase<Harness>]) async -> ConformanceReport {
        var report = ConformanceReport(seed: seed)
        for law in laws {
            let verdict = await run(law)
            report.entries.append(.init(id: law.id, clause: law.clause, verdict: verdict))
        }
        for id in Set(deviations.keys).subtracting(laws.map(\.id)).sorted() {
            let message = "a deviation is declared for \(id), and no case has this identifier"
            report.entries.append(.init(id: id, clause: "-", verdict: .failed(message: message)))
        }
        return report
    }

    private func examine(_ law: ConformanceCase<Harness>) async -> ConformanceVerdict {
        let context = ConformanceContext(seed: seed)
        do {
            try await law.body(harness, context)
            return .passed
        } catch let refusal as ConformanceNotApplicable {
            return .notApplicable(reason: refusal.reason)
        } catch let failure as ConformanceFailure {
            return .failed(message: law.message(failure, context))
        } catch {
            let failure = ConformanceFailure(
                expected: "no error", seen: "the error \(error)")
            return .failed(message: law.message(failure, context))
        }
    }

    private func needless(_ law: ConformanceCase<Harness>, _ why: String) -> String {
        "\(law.id): deviation no longer needed, remove its declaration (\(why); seed \(seed))"
    }
}

extension ConformanceCase {
    /// Everything a person needs to understand a failure and to see it again.
    fileprivate func message(_ failure: ConformanceFailure, _ context: ConformanceContext) -> String
    {
        let steps = failure.steps ?? context.traceLines
        let numbered = steps.map { "\n    \($0)" }.joined()
        return """
            \(id) does not hold
              clause:   \(clause)
              expected: \(failure.expected)
              seen:     \(failure.seen)
              seed:     \(context.seed)
              calls:    \(steps.isEmpty ? "none" : "")\(numbered)
            """
    }
}
