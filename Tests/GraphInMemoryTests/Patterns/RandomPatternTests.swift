import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("Random patterns on random graphs")
struct RandomPatternTests {
    private static let seeds = Array<UInt64>(1...1_000)

    private func rows(
        _ store: GraphInMemory, _ pattern: GraphPattern
    ) async throws -> [[GraphMatchValue]] {
        var rows: [[GraphMatchValue]] = []
        for try await match in store.matches(of: pattern) { rows.append(match.values) }
        return rows
    }

    /// As a bag: not-a-number is not itself, so that texts stand for the rows.
    private func bag(_ rows: [[GraphMatchValue]]) -> [String: Int] {
        rows.reduce(into: [:]) { $0["\($1)", default: 0] += 1 }
    }

    @Test("the matches are those of the definition, and the plan finds each once")
    func matches() async throws {
        var found = 0
        for seed in Self.seeds {
            var random = RandomPatterns(seed: seed)
            let graph = try random.graph()
            let pattern = random.pattern()
            let naive = NaiveMatcher(graph, pattern)
            let expected = naive.matches.map(naive.values)
            let rows = try await rows(graph.store, pattern)
            #expect(bag(rows) == bag(expected), "seed \(seed): \(pattern)")
            let count = try await graph.store.count(of: pattern)
            #expect(count == expected.count, "seed \(seed)")
            found += rows.count
        }
        // The patterns are not such that nothing is ever found.
        #expect(found > Self.seeds.count)
    }

    @Test("distinct, order, skip and limit come one after the other")
    func results() async throws {
        for seed in Self.seeds.prefix(200) {
            var random = RandomPatterns(seed: seed)
            let graph = try random.graph()
            let pattern = random.results(of: random.pattern())
            let naive = NaiveMatcher(graph, pattern)
            var seen: [[GraphMatchValue]] = []
            let kept = naive.matches.filter { assignment in
                let values = naive.values(assignment)
                guard pattern.isDistinct else { return true }
                if seen.contains(where: { isSame($0, values) }) { return false }
                seen.append(values)
                return true
            }
            let sorted = kept.sorted { precedes(naive, pattern, $0, $1) < 0 }
            let expected = sorted.dropFirst(pattern.skip).prefix(pattern.limit ?? .max)
            let rows = try await rows(graph.store, pattern)
            #expect(rows.count == expected.count, "seed \(seed): \(pattern)")
            let count = try await graph.store.count(of: pattern)
            #expect(count == expected.count, "seed \(seed)")
            // Rows that are alike come in any order: each row is one of those that were found,
            // and what it is ordered by is what stands there.
            for row in rows {
                #expect(
                    kept.contains { isSame(naive.values($0), row) }, "seed \(seed): \(row)")
            }
            guard pattern.isDistinct, !pattern.order.isEmpty else { continue }
            for (row, assignment) in zip(rows, expected) {
                for part in pattern.order {
                    guard let column = pattern.columns.firstIndex(of: .operand(part.operand)),
                        case .value(let value) = row[column]
                    else { continue }
                    let wanted = naive.value(part.operand, assignment)
                    #expect(isSame(value, wanted), "seed \(seed): \(rows)")
                }
            }
        }
    }

    @Test("an order without distinct is that of the definition")
    func order() async throws {
        for seed in Self.seeds.prefix(200) {
            var random = RandomPatterns(seed: seed)
            let graph = try random.graph()
            var pattern = random.results(of: random.pattern())
            pattern.isDistinct = false
            pattern.selection = pattern.order.map { .operand($0.operand) }
            let naive = NaiveMatcher(graph, pattern)
            let sorted = naive.matches.sorted { precedes(naive, pattern, $0, $1) < 0 }
            let expected = sorted.dropFirst(pattern.skip).prefix(pattern.limit ?? .max)
                .map(naive.values)
            let rows = try await rows(graph.store, pattern)
            #expect(rows.count == expected.count, "seed \(seed)")
            #expect(zip(rows, expected).allSatisfy { isSame($0, $1) }, "seed \(seed): \(pattern)")
        }
    }

    private func precedes(
        _ naive: NaiveMatcher, _ pattern: GraphPattern, _ left: NaiveMatcher.Assignment,
        _ right: NaiveMatcher.Assignment
    ) -> Int {
        for part in pattern.order {
            let order =
                switch (naive.value(part.operand, left), naive.value(part.operand, right)) {
                case (nil, nil): 0
                case (nil, _): 1
                case (_, nil): -1
                case (let left?, let right?): left.sorted(before: right)
                }
            if order != 0 { return part.direction == .ascending ? order : -order }
        }
        return 0
    }

    private func isSame(_ left: [GraphMatchValue], _ right: [GraphMatchValue]) -> Bool {
        zip(left, right).allSatisfy { left, right in
            guard case .value(let left) = left, case .value(let right) = right else {
                return left == right
            }
            return isSame(left, right)
        }
    }

    private func isSame(_ left: GraphValue?, _ right: GraphValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.sorted(before: right) == 0
    }
}
