/// What making a collection's indexes those that are wanted would do; printed, the indexes.
public struct DocumentIndexPlan: Hashable, Sendable, CustomStringConvertible {
    /// A wanted index that cannot be made before others are dropped.
    public struct Change: Hashable, Sendable {
        /// The index as it should be.
        public let wanted: DocumentIndex
        /// Those that have its name, or are the same but for the name or when documents expire.
        public let existing: [DocumentIndex]
    }

    /// The collection.
    public let collection: String
    /// The wanted indexes that are there as they should be.
    public let present: [DocumentIndex]
    /// The wanted indexes that are not there.
    public let missing: [DocumentIndex]
    /// The wanted indexes in whose place there are others.
    public let changed: [Change]
    /// The indexes that are there and are neither wanted nor in the way.
    public let unwanted: [DocumentIndex]

    init(_ collection: String, wanted: [DocumentIndex], existing: [DocumentIndex]) {
        self.collection = collection
        let others = existing.filter { !wanted.contains($0) }
        let absent = wanted.filter { !existing.contains($0) }
        let changes = absent.map { index in
            Change(wanted: index, existing: others.filter { $0.isInTheWay(of: index) })
        }
        present = wanted.filter(existing.contains)
        changed = changes.filter { !$0.existing.isEmpty }
        missing = changes.filter(\.existing.isEmpty).map(\.wanted)
        let inTheWay = Set(changes.flatMap(\.existing))
        unwanted = others.filter { !inTheWay.contains($0) }
    }

    /// Whether the indexes that are wanted are all there as they should be.
    public var isDone: Bool { missing.isEmpty && changed.isEmpty }

    /// What is to be done, an index a line.
    public var description: String {
        let lines =
            missing.map { "  create \($0)" }
            + changed.flatMap { change in
                change.existing.map { "  drop   \($0)" } + ["  create \(change.wanted)"]
            }
            + unwanted.map { "  not wanted, dropped if asked for: \($0)" }
        let state = isDone ? "nothing to create" : "\(missing.count + changed.count) to create"
        let title = "indexes of \(collection): \(present.count) as wanted, \(state)"
        return ([title] + lines).joined(separator: "\n")
    }
}
