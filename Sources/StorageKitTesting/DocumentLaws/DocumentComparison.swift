public import StorageKit

/// Whether two document stores mean the same: random programs are run on both, and what one answers
/// is compared with what the other does.
///
/// ```swift
/// try await DocumentComparison(seed: 1).run(programs: 100, inMemory, mongoDB)
/// ```
///
/// A program is a few random documents, then writes, queries and counts with random filters,
/// updates, orders and projections. A program that differs is made as short as it can be.
public struct DocumentComparison: Sendable {
    /// The seed of all randomness.
    public let seed: UInt64

    /// How many calls a program has.
    public let length: Int

    /// Which calls are left out: where the stores are known to differ.
    let isSkipped: @Sendable (String) -> Bool

    /// Creates a comparison.
    ///
    /// - Parameters:
    ///   - seed: The seed of all randomness.
    ///   - length: How many calls a program has.
    ///   - isSkipped: Whether a call, in words, is left out: where the stores are known to differ.
    public init(
        seed: UInt64, length: Int = 12,
        isSkipped: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.seed = seed
        self.length = length
        self.isSkipped = isSkipped
    }

    /// Runs programs on both stores, which are used for nothing else meanwhile.
    ///
    /// - Throws: A ``ConformanceFailure`` with the shortest program found that differs.
    public func run(
        programs: Int, _ first: some DocumentStore, _ second: some DocumentStore
    ) async throws {
        for number in 0..<programs {
            let program = DocumentProgram(
                seed: seed &+ UInt64(number), length: length, isSkipped: isSkipped)
            guard try await difference(program.calls, first, second) != nil else { continue }
            let shortest = await Shrinker(maximumAttempts: 200).shrink(program.calls) { calls in
                (try? await difference(calls, first, second)) != nil
            }
            let seen = try await difference(shortest, first, second)
            throw ConformanceFailure(
                expected: "both stores to answer \(seen?.first ?? "the same")",
                seen: seen?.second ?? "it differs not always",
                steps: shortest.map { "\($0)" } + ["(seed \(seed &+ UInt64(number)))"])
        }
    }

    /// What both answered to the first call to which they did not answer the same.
    private func difference(
        _ calls: [DocumentProgram.Call], _ first: some DocumentStore, _ second: some DocumentStore
    ) async throws -> (first: String, second: String)? {
        try await first.drop(DocumentProgram.collection)
        try await second.drop(DocumentProgram.collection)
        for call in calls {
            let left = await call.answer(of: first)
            let right = await call.answer(of: second)
            if left != right { return ("\(call): \(left)", "\(call): \(right)") }
        }
        return nil
    }
}
