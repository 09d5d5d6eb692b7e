/// What a broken document store does wrong, and the law that is meant to catch it.
public enum DocumentDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// Of a whole number 32 bits are kept.
    case takesIntegersForNarrow
    /// The identifier comes behind the other fields.
    case showsIDLast
    /// The identifier of an inserted document is not told.
    case concealsIDs
    /// An insert replaces what has the identifier.
    case overwritesTaken
    /// A real number as an identifier is a text.
    case takesRealIDsForTexts
    /// A replacement happens twice.
    case replacesTwice
    /// A replacement is a removal and an insert.
    case replacesByInserting
    /// A replacement that looks like a change is one.
    case takesReplacementsForChanges
    /// A replacement that matches none does nothing.
    case neverUpsertsReplacements
    /// Every document that matches is changed, where one should be.
    case updatesAllForOne
    /// One document that matches is changed, where all should be.
    case updatesOneForAll
    /// What is only set at an insert is not set.
    case forgetsSetOnInsert
    /// Every document that matches is removed, where one should be.
    case deletesAllForOne
    /// An ordered call tries all writes.
    case goesOnAfterErrors
    /// An unordered call ends with the first error.
    case endsAtErrors
    /// The removals of a call come before the rest.
    case deletesFirst
    /// A call without writes is refused.
    case wantsAWrite
    /// What is equal to an integer is one.
    case comparesTypes
    /// A missing field is not null.
    case tellsMissingFromNull
    /// What is less or equal is less.
    case ignoresEquality
    /// Integers are compared as real numbers.
    case comparesAsReals
    /// Nothing is equal to NaN.
    case takesNaNForNothing
    /// A missing field is not greater than the least key.
    case comparesKeysAsOthers
    /// Documents are equal in any order of fields.
    case ignoresFieldOrder
    /// A text is equal to one that it begins with.
    case comparesBeginnings
    /// What is none of no values is nothing.
    case findsNothingForNone
    /// A field that is null is not there.
    case takesNullForMissing
    /// The types of an array's elements do not matter.
    case looksAtWholeTypes
    /// A pattern's options are not looked at.
    case ignoresPatternOptions
    /// Of many types one is looked for.
    case looksForOneType
    /// A remainder has no sign.
    case ignoresRemainderSigns
    /// What is not so has to be there.
    case negatesWhatIsThere
    /// Neither of two is not both.
    case takesNeitherForNotBoth
    /// A filter that is none matches nothing.
    case findsNoneForInvalid
    /// Several predicates are asked of one element.
    case wantsOneElement
    /// An array is not looked for in an array.
    case looksAtWholeArrays
    /// What is not equal has to be there.
    case wantsUnequalFields
    /// Numbers in a path are left out.
    case ignoresPlaces
    /// One of the values suffices.
    case containsSome
    /// An array has one element less than it has.
    case miscounts
    /// Several elements together match a filter.
    case looksAcrossElements
    /// Several elements together are as predicates say.
    case looksAcrossValues
    /// A real number that is whole becomes an integer.
    case setsWholeNumbers
    /// Beyond an array's end the value is put at it.
    case pushesToPlaces
    /// What is removed becomes null.
    case unsetsToNull
    /// A number is replaced instead of counted up.
    case replacesNumbers
    /// Every whole number is computed with in 64 bits.
    case widensNumbers
    /// A result that does not fit is not written, and that is not told.
    case swallowsOverflow
    /// A factor is added.
    case addsForMultiplying
    /// A bound is set whatever is there.
    case alwaysLowers
    /// What is renamed is gone.
    case losesRenamed
    /// The present is the beginning of 1970.
    case standsStill
    /// Of several changes the last is made.
    case lastChangeWins
    /// Changes of the identifier are left out.
    case ignoresIDChanges
    /// The changes of an update are made one by one.
    case changesOneByOne
    /// An update that is none changes nothing.
    case acceptsEveryUpdate
    /// What is pushed is all there is.
    case setsForPushing
    /// The position of what is pushed is not looked at.
    case pushesBehind
    /// What is pushed is not sorted.
    case neverSortsPushed
    /// What is there is added again.
    case addsTwice
    /// An array that has one of the values is pulled as well.
    case pullsDeeply
    /// No array is pulled.
    case pullsScalars
    /// What the filter does not match is pulled.
    case pullsOthers
    /// The element at the other end is taken.
    case popsOtherEnd
    /// The first element is changed, whichever matched.
    case takesFirstForMatched
    /// The first element is changed instead of all.
    case takesFirstForAll
    /// All elements are changed, whatever the array filter says.
    case takesAllForFiltered
    /// Array filters that are none change nothing.
    case acceptsArrayFilters
    /// Documents come in any order.
    case ignoresOrder
    /// An array stands where its first element does.
    case ordersByFirstElement
    /// Only the first field of an order matters.
    case ordersByOne
    /// What cannot be ordered is not there.
    case findsNoneForArrays
    /// Nothing is skipped.
    case ignoresSkip
    /// The identifier cannot be left out.
    case alwaysShowsID
    /// Fields that are not wanted are there all the same.
    case showsEverything
    /// A query that is none finds nothing.
    case findsNoneForBadQuery
    /// The first document is any.
    case takesAnyForFirst
    /// The estimate is always zero.
    case neverEstimates
    /// A value comes twice.
    case repeatsDistinct
    /// A sequence misses its first document.
    case skipsFirst
    /// After some sequences there are no more documents.
    case tires
    /// A sequence runs once, and then gives what it gave.
    case remembersSequence
    /// A document that does not decode ends the sequence.
    case skipsUndecodable
    /// The state that is not wanted is given back.
    case returnsOtherState
    /// Any document is changed, whatever the order.
    case modifiesAny
    /// A modification makes no document.
    case neverUpsertsModified
    /// What should be removed is kept.
    case keepsModifiedAway
    /// A collection cannot be dropped.
    case keepsDropped
    /// All collections are one.
    case hasOneCollection
    /// A document that is too large is not written, and that is not told.
    case swallowsLargeDocuments
    /// A document that is too deep is not written, and that is not told.
    case swallowsDeepDocuments
    /// Of too many writes as many are carried out as the limit says.
    case cutsCalls
    /// A task that was cancelled before is served all the same.
    case ignoresCancellation
    /// Closing closes nothing.
    case staysOpen
    /// Counting up is reading and writing.
    case countsInTwoSteps
    /// An insert is a look and a write.
    case insertsInTwoSteps

    /// What is wrong, in one word.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .takesIntegersForNarrow: "document.write.faithful"
        case .showsIDLast: "document.write.id-first"
        case .concealsIDs: "document.write.generates-id"
        case .overwritesTaken: "document.write.refuses-taken-id"
        case .takesRealIDsForTexts: "document.write.ids-by-worth"
        case .replacesTwice: "document.write.replace"
        case .replacesByInserting: "document.write.replace-keeps-id"
        case .takesReplacementsForChanges: "document.write.replace-is-no-change"
        case .neverUpsertsReplacements: "document.write.upsert"
        case .updatesAllForOne: "document.write.update-one"
        case .updatesOneForAll: "document.write.update-many"
        case .forgetsSetOnInsert: "document.write.upsert-update"
        case .deletesAllForOne: "document.write.delete"
        case .goesOnAfterErrors: "document.bulk.ordered"
        case .endsAtErrors: "document.bulk.unordered"
        case .deletesFirst: "document.bulk.mixed"
        case .wantsAWrite: "document.bulk.none"
        case .comparesTypes: "document.filter.equal"
        case .tellsMissingFromNull: "document.filter.null"
        case .ignoresEquality: "document.filter.compares"
        case .comparesAsReals: "document.filter.numbers"
        case .takesNaNForNothing: "document.filter.nan"
        case .comparesKeysAsOthers: "document.filter.keys"
        case .ignoresFieldOrder: "document.filter.documents"
        case .comparesBeginnings: "document.filter.texts"
        case .findsNothingForNone: "document.filter.lists"
        case .takesNullForMissing: "document.filter.exists"
        case .looksAtWholeTypes: "document.filter.type"
        case .ignoresPatternOptions: "document.filter.patterns"
        case .looksForOneType: "document.order.keyset"
        case .ignoresRemainderSigns: "document.filter.remainder"
        case .negatesWhatIsThere: "document.filter.not"
        case .takesNeitherForNotBoth: "document.filter.logic"
        case .findsNoneForInvalid: "document.filter.refuses"
        case .wantsOneElement: "document.array.elements"
        case .looksAtWholeArrays: "document.array.whole"
        case .wantsUnequalFields: "document.array.paths"
        case .ignoresPlaces: "document.array.places"
        case .containsSome: "document.array.contains-all"
        case .miscounts: "document.array.count"
        case .looksAcrossElements: "document.array.some-element"
        case .looksAcrossValues: "document.array.some-value"
        case .setsWholeNumbers: "document.update.set"
        case .pushesToPlaces: "document.update.makes-way"
        case .unsetsToNull: "document.update.unset"
        case .replacesNumbers: "document.update.increment"
        case .widensNumbers: "document.update.promotes"
        case .swallowsOverflow: "document.update.overflow"
        case .addsForMultiplying: "document.update.multiply"
        case .alwaysLowers: "document.update.bounds"
        case .losesRenamed: "document.update.rename"
        case .standsStill: "document.update.current-date"
        case .lastChangeWins: "document.update.conflicts"
        case .ignoresIDChanges: "document.update.keeps-id"
        case .changesOneByOne: "document.update.whole"
        case .acceptsEveryUpdate: "document.update.refuses"
        case .setsForPushing: "document.update.push"
        case .pushesBehind: "document.update.push-position"
        case .neverSortsPushed: "document.update.push-sort"
        case .addsTwice: "document.update.add-to-set"
        case .pullsDeeply: "document.update.pull"
        case .pullsScalars: "document.update.pull-matching"
        case .pullsOthers: "document.update.pull-elements"
        case .popsOtherEnd: "document.update.pop"
        case .takesFirstForMatched: "document.update.positional"
        case .takesFirstForAll: "document.update.all-elements"
        case .takesAllForFiltered: "document.update.array-filters"
        case .acceptsArrayFilters: "document.update.refuses-array-filters"
        case .ignoresOrder: "document.order.types"
        case .ordersByFirstElement: "document.order.arrays"
        case .ordersByOne: "document.order.several"
        case .findsNoneForArrays: "document.order.parallel-arrays"
        case .ignoresSkip: "document.query.limit-and-skip"
        case .alwaysShowsID: "document.projection.only"
        case .showsEverything: "document.projection.without"
        case .findsNoneForBadQuery: "document.query.refuses"
        case .takesAnyForFirst: "document.query.first"
        case .neverEstimates: "document.query.count"
        case .repeatsDistinct: "document.query.distinct"
        case .skipsFirst: "document.sequence.all"
        case .tires: "document.sequence.left"
        case .remembersSequence: "document.sequence.anew"
        case .skipsUndecodable: "document.sequence.fails"
        case .returnsOtherState: "document.modify.states"
        case .modifiesAny: "document.modify.order"
        case .neverUpsertsModified: "document.modify.upsert"
        case .keepsModifiedAway: "document.modify.delete"
        case .keepsDropped: "document.collection.drop"
        case .hasOneCollection: "document.collection.apart"
        case .swallowsLargeDocuments: "document.limit.document"
        case .swallowsDeepDocuments: "document.limit.depth"
        case .cutsCalls: "document.limit.writes"
        case .ignoresCancellation: "document.cancellation.before"
        case .staysOpen: "document.close.refuses"
        case .countsInTwoSteps: "document.concurrency.counts"
        case .insertsInTwoSteps: "document.concurrency.inserts"
        }
    }
}
