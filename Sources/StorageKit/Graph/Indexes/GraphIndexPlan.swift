/// What making a graph's indexes those that are wanted would do; printed, the indexes.
public struct GraphIndexPlan: Hashable, Sendable, CustomStringConvertible {
    /// A wanted index that cannot be made before another one is dropped.
    public struct Change: Hashable, Sendable {
        /// The index as it should be.
        public let wanted: GraphIndex
        /// The one that is by the same and differs in being unique.
        public let existing: GraphIndex
    }

    /// The wanted indexes that are there as they should be.
    public let present: [GraphIndex]
    /// The wanted indexes that are not there.
    public let missing: [GraphIndex]
    /// The wanted indexes in whose place there are others.
    public let changed: [Change]
    /// The indexes that are there and are neither wanted nor in the way.
    public let unwanted: [GraphIndex]

    init(wanted: [GraphIndex], existing: [GraphIndex]) {
        let absent = wanted.filter { !existing.contains($0) }
        let changes = absent.compactMap { index in
            existing.first { $0.isInTheWay(of: index) }.map { Change(wanted: index, existing: $0) }
        }
        present = wanted.filter(existing.contains)
        changed = changes
        missing = absent.filter { index in !changes.contains { $0.wanted == index } }
        unwanted = existing.filter { index in
            !wanted.contains(index) && !changes.contains { $0.existing == index }
        }
    }

    /// Whether the indexes that are wanted are all there as they should be.
    public var isDone: Bool { missing.isEmpty && changed.isEmpty }

    /// What is to be done, an index a line.
    public var description: String {
        let lines =
            missing.map { "  create \($0)" }
            + changed.flatMap { ["  drop   \($0.existing)", "  create \($0.wanted)"] }
            + unwanted.map { "  not wanted, dropped if asked for: \($0)" }
        let state = isDone ? "nothing to create" : "\(missing.count + changed.count) to create"
        let title = "indexes of the graph: \(present.count) as wanted, \(state)"
        return ([title] + lines).joined(separator: "\n")
    }
}
