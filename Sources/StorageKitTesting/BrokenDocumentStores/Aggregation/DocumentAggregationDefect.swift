/// What a store does wrong with pipelines, and the law that is meant to catch it.
public enum DocumentAggregationDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// Nothing is left out.
    case matchesAll
    /// The identifier is always there.
    case alwaysShowsID
    /// A projection does not go through paths.
    case projectsWholeFields
    /// Nothing is taken away.
    case unsetsNothing
    /// Fields are added one after the other.
    case addsOneByOne
    /// Only the first field of an order matters.
    case sortsByOne
    /// What is skipped is skipped before the limit, wherever it stands.
    case skipsFirst
    /// The place of an element is a number too high.
    case countsFromOne
    /// A document without elements always comes out.
    case alwaysKeepsEmpty
    /// Without documents, the count is zero.
    case countsNone
    /// Pipelines of a facet after the first see nothing.
    case feedsOneFacet
    /// One of many results is lost.
    case losesResults
    /// A pipeline that is none gives nothing.
    case acceptsPipelines
    /// An expression that is none gives nothing.
    case acceptsExpressions
    /// Accumulators are in the order of their names.
    case sortsAccumulators
    /// Values of other types are other groups.
    case groupsByType
    /// Of several values one is grouped by.
    case groupsByFirst
    /// Without documents there is a group.
    case groupsNothing
    /// The upper boundary is in an interval.
    case closesBuckets
    /// What is in no interval is in one of null.
    case gathersOthers
    /// What belongs to a document is one document at the most.
    case joinsOne
    /// Nothing is found in an array.
    case joinsWholeArrays
    /// Nothing belongs to nothing.
    case joinsNothing
    /// A lookup's pipeline is not run.
    case ignoresPipelines
    /// Null is no number that nothing can be added to.
    case addsNull
    /// Beyond 32 bits, numbers are real.
    case widensToReals
    /// Numbers are added one to the other.
    case addsInSteps
    /// A difference is taken the wrong way round.
    case subtractsBackwards
    /// A division by zero gives null.
    case dividesByZero
    /// A remainder has no sign.
    case ignoresSigns
    /// The middle goes away from zero.
    case roundsHalfUp
    /// What is rounded up is rounded down.
    case roundsDown
    /// Decimals are real numbers.
    case takesDecimalsForReals
    /// A moment later is a number.
    case takesMomentsForNumbers
    /// What is no array has no sum.
    case sumsArraysAlone
    /// What does not fit is null.
    case takesUnfitForNull
    /// What needs no document is computed for each.
    case computesConstantsLater
    /// A path does not go through arrays.
    case stopsAtArrays
    /// A text that begins with a dollar sign is a path.
    case readsLiterals
    /// Nothing is null in a document.
    case fillsDocuments
    /// What is equal is less.
    case ignoresEquality
    /// An empty text is not true.
    case takesEmptyForFalse
    /// The other one is chosen.
    case choosesOther
    /// Zero counts as null.
    case takesZeroForNull
    /// Bytes are scalars.
    case countsBytes
    /// An element from the end is nothing.
    case findsFromStart
    /// What is filtered out is kept, and the rest is not.
    case filtersOthers
    /// Weeks begin on Mondays.
    case beginsOnMondays
    /// Nothing is null.
    case takesMissingForNull
    /// Every sum is a real number.
    case sumsReals
    /// Null counts as zero in an average.
    case averagesAll
    /// The least is the greatest.
    case swapsExtremes
    /// The last is the first.
    case takesLastForFirst
    /// Collected values come once.
    case pushesOnce
    /// A set has a value many times.
    case addsTwice
    /// Documents are counted that have the field.
    case countsFields
    /// Every deviation is of a population.
    case ignoresSamples
    /// A collected array is taken apart.
    case flattensPushed

    /// What is wrong, in one word.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .matchesAll: "document.stage.match"
        case .alwaysShowsID: "document.stage.project"
        case .projectsWholeFields: "document.stage.project-inside"
        case .unsetsNothing: "document.stage.unset"
        case .addsOneByOne: "document.stage.add-fields"
        case .sortsByOne: "document.stage.sort"
        case .skipsFirst: "document.stage.skip-and-limit"
        case .countsFromOne: "document.stage.unwind"
        case .alwaysKeepsEmpty: "document.stage.unwind-empty"
        case .countsNone: "document.stage.count"
        case .feedsOneFacet: "document.stage.facet"
        case .losesResults: "document.stage.many"
        case .acceptsPipelines: "document.stage.refuses"
        case .acceptsExpressions: "document.stage.refuses-expressions"
        case .sortsAccumulators: "document.group.fields"
        case .groupsByType: "document.group.by-worth"
        case .groupsByFirst: "document.group.by-several"
        case .groupsNothing: "document.group.none"
        case .closesBuckets: "document.group.buckets"
        case .gathersOthers: "document.group.buckets-default"
        case .joinsOne: "document.join.equal"
        case .joinsWholeArrays: "document.join.elements"
        case .joinsNothing: "document.join.nothing"
        case .ignoresPipelines: "document.join.pipeline"
        case .addsNull: "document.expression.add"
        case .widensToReals: "document.expression.widens"
        case .addsInSteps: "document.expression.adds-exactly"
        case .subtractsBackwards: "document.expression.subtract"
        case .dividesByZero: "document.expression.divide"
        case .ignoresSigns: "document.expression.mod"
        case .roundsHalfUp: "document.expression.round"
        case .roundsDown: "document.expression.whole"
        case .takesDecimalsForReals: "document.expression.decimal"
        case .takesMomentsForNumbers: "document.expression.add-moment"
        case .sumsArraysAlone: "document.expression.arrays-of-numbers"
        case .takesUnfitForNull: "document.expression.unfit"
        case .computesConstantsLater: "document.expression.constants"
        case .stopsAtArrays: "document.value.paths"
        case .readsLiterals: "document.value.literals"
        case .fillsDocuments: "document.value.made"
        case .ignoresEquality: "document.value.compares"
        case .takesEmptyForFalse: "document.value.logic"
        case .choosesOther: "document.value.choices"
        case .takesZeroForNull: "document.value.if-null"
        case .countsBytes: "document.value.texts"
        case .findsFromStart: "document.value.elements"
        case .filtersOthers: "document.value.filter-and-map"
        case .beginsOnMondays: "document.value.date-parts"
        case .takesMissingForNull: "document.value.types"
        case .sumsReals: "document.accumulator.sum"
        case .averagesAll: "document.accumulator.average"
        case .swapsExtremes: "document.accumulator.min-and-max"
        case .takesLastForFirst: "document.accumulator.first-and-last"
        case .pushesOnce: "document.accumulator.push"
        case .addsTwice: "document.accumulator.add-to-set"
        case .countsFields: "document.accumulator.count"
        case .ignoresSamples: "document.accumulator.deviation"
        case .flattensPushed: "document.accumulator.expressions"
        }
    }
}
