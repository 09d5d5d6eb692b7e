/// What a graph store does wrong, and the law that is meant to catch it.
public enum GraphDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// Empty texts are not kept.
    case dropsEmptyTexts
    /// Doubles lose the sign of a zero.
    case losesSigns
    /// Of a refused batch the first node stays.
    case makesHalfBatches
    /// What an update does not name is gone.
    case forgetsOnUpdate
    /// A replacing update replaces nothing.
    case mergesReplacements
    /// Labels are removed after others were added.
    case removesLabelsLast
    /// What is not there was changed.
    case claimsChanges
    /// Relationships go with every node that is deleted.
    case detachesAlways
    /// Nodes with relationships cannot be deleted at all.
    case refusesDetaching
    /// A new node is given the id of the last one that was deleted.
    case givesIDsAgain
    /// Relationships are made backwards.
    case swapsEnds
    /// Of parallel relationships, all are deleted.
    case deletesParallel
    /// Relationships to nodes that are not there are left out.
    case skipsMissingEnds
    /// Updates of relationships replace all properties.
    case replacesRelationships
    /// A deletion of a relationship is not carried out.
    case keepsRelationships
    /// Directions are not looked at.
    case ignoresDirections
    /// Types are not looked at.
    case ignoresTypes
    /// The degree in both directions counts a loop twice.
    case countsLoopsTwice
    /// Neighbours are one more than the limit.
    case exceedsLimits
    /// Sequences end after a batch.
    case endsSequences
    /// What is not there has no place.
    case closesGaps
    /// A page begins with the node that it is to come after.
    case repeatsPageEnds
    /// Counts are of everything.
    case countsEverything
    /// Batches may be as large as one likes.
    case takesAnyBatch
    /// Pages too large are cut.
    case cutsPages
    /// Every tenth node is not made.
    case losesSomeWrites
    /// A closed store can be used.
    case staysOpen

    /// The defect's name.
    public var name: String { rawValue }

    /// The case that is meant to notice.
    public var caughtBy: String {
        let expectation =
            switch self {
            case .dropsEmptyTexts: "node.faithful"
            case .losesSigns: "node.bits"
            case .makesHalfBatches: "node.batch"
            case .forgetsOnUpdate: "node.update"
            case .mergesReplacements: "node.update.replacing"
            case .removesLabelsLast: "node.update.labels"
            case .claimsChanges: "node.absent"
            case .detachesAlways: "node.delete.connected"
            case .refusesDetaching: "node.delete.detaching"
            case .givesIDsAgain: "node.ids"
            case .swapsEnds: "relationship.faithful"
            case .deletesParallel: "relationship.parallel"
            case .skipsMissingEnds: "relationship.ends"
            case .replacesRelationships: "relationship.update"
            case .keepsRelationships: "relationship.delete"
            case .ignoresDirections: "neighbours.directions"
            case .ignoresTypes: "neighbours.types"
            case .countsLoopsTwice: "neighbours.loops"
            case .exceedsLimits: "neighbours.limit"
            case .endsSequences: "neighbours.stream"
            case .closesGaps: "read.places"
            case .repeatsPageEnds: "read.pages"
            case .countsEverything: "read.counts"
            case .takesAnyBatch: "limits.batch"
            case .cutsPages: "limits.page"
            case .losesSomeWrites: "write.at-once"
            case .staysOpen: "store.closed"
            }
        return "graph.\(expectation)"
    }
}
