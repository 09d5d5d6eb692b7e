/// Makes a failing sequence as short as dropping elements can make it.
///
/// It is delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
/// Input", IEEE TSE 2002) reduced to its useful half: drop runs of elements, long ones first, keep
/// every drop after which the sequence still fails, and end when no single element can be dropped.
public struct Shrinker: Sendable {
    /// How often a candidate is tried at the most: each try may need a fresh store.
    public var maximumAttempts: Int

    /// Creates a shrinker.
    public init(maximumAttempts: Int = 400) {
        self.maximumAttempts = maximumAttempts
    }

    /// The shortest failing sequence found, which is the given one when nothing can be dropped.
    ///
    /// - Parameters:
    ///   - elements: A sequence that fails.
    ///   - stillFails: Whether a shorter one fails too.
    /// - Complexity: O(*n* log *n*) tries when few elements matter, O(*n*²) at worst, and never
    ///   more than ``maximumAttempts``.
    public func shrink<Element>(
        _ elements: [Element], whileFailing stillFails: ([Element]) async -> Bool
    ) async -> [Element] {
        var best = elements
        var attempts = maximumAttempts
        var length = max(1, elements.count / 2)
        while true {
            let before = best.count
            await drop(length, from: &best, attempts: &attempts, whileFailing: stillFails)
            if attempts == 0 || (length == 1 && best.count == before) { return best }
            length = max(1, length / 2)
        }
    }

    /// Tries to drop each run of a length, from the end, where drops disturb the rest least.
    private func drop<Element>(
        _ length: Int, from best: inout [Element], attempts: inout Int,
        whileFailing stillFails: ([Element]) async -> Bool
    ) async {
        var end = best.count
        while end > 0, attempts > 0 {
            let run = max(0, end - length)..<end
            var candidate = best
            candidate.removeSubrange(run)
            attempts -= 1
            if await stillFails(candidate) { best = candidate }
            end = run.lowerBound
        }
    }
}
