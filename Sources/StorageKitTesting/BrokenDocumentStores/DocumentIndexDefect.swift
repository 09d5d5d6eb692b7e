/// What a broken store of indexes and plans does wrong, and the law that is meant to catch it.
public enum DocumentIndexDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// An index has no time to live.
    case forgetsExpiry
    /// An index has all documents.
    case forgetsPartialFilter
    /// Every index is named by its first field alone.
    case namesByFirstField
    /// An index that is there is refused.
    case wantsNewIndexes
    /// Indexes are made one by one until one cannot be.
    case makesOneByOne
    /// An index that is in the way is dropped.
    case replacesIndexes
    /// What can never be right is not made, and that is not told.
    case acceptsEveryIndex
    /// What is not there is dropped without a word.
    case dropsWhatIsNotThere
    /// A collection that is dropped is made again with its indexes.
    case keepsIndexes
    /// The indexes that are there are not seen.
    case seesNoIndexes
    /// Indexes are never dropped.
    case neverDropsIndexes
    /// Uniqueness is not looked at.
    case forgetsUniqueness
    /// The fields whose value is taken are not told.
    case concealsConstraint
    /// What has no value is not in a unique index.
    case leavesMissingOut
    /// Of an array the first element is in an index.
    case indexesFirstElement
    /// Of several fields the first is unique.
    case wantsFirstUnique
    /// A partial unique index is one of all documents.
    case wantsAllUnique
    /// What an index cannot have is not written, and that is not told.
    case swallowsParallelArrays
    /// With an index, arrays are not looked into.
    case looksForWholeValues
    /// Every plan is one by an index.
    case neverScans
    /// A plan names no index.
    case concealsIndexes
    /// A plan is that of the first alternative.
    case plansFirstAlternative
    /// A plan does not say that documents are sorted.
    case concealsSorting
    /// A query that is none has a plan.
    case plansAnything

    /// What is wrong, in one word.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .forgetsExpiry, .forgetsPartialFilter: "document.index.reads-back"
        case .namesByFirstField: "document.index.names"
        case .wantsNewIndexes: "document.index.create-again"
        case .makesOneByOne: "document.index.all-or-none"
        case .replacesIndexes: "document.index.in-the-way"
        case .acceptsEveryIndex: "document.index.refuses"
        case .dropsWhatIsNotThere: "document.index.drop"
        case .keepsIndexes: "document.index.of-collection"
        case .seesNoIndexes: "document.index.plan"
        case .neverDropsIndexes: "document.index.plan-changes"
        case .forgetsUniqueness, .concealsConstraint: "document.index.unique"
        case .leavesMissingOut: "document.index.unique-null"
        case .indexesFirstElement: "document.index.unique-arrays"
        case .wantsFirstUnique: "document.index.unique-compound"
        case .wantsAllUnique: "document.index.unique-partial"
        case .swallowsParallelArrays: "document.index.one-array"
        case .looksForWholeValues: "document.index.same-answers"
        case .neverScans: "document.explain.scan"
        case .concealsIndexes: "document.explain.index"
        case .plansFirstAlternative: "document.explain.alternatives"
        case .concealsSorting: "document.explain.order"
        case .plansAnything: "document.explain.refuses"
        }
    }
}
