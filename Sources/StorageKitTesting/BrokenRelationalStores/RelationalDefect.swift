/// What a broken relational store does wrong, and the law that is meant to catch it.
public enum RelationalDefect: String, CaseIterable, ConformanceDefect {
    /// A body that throws is committed all the same.
    case commitsWhenThrown
    /// A body whose task is cancelled is committed all the same.
    case commitsWhenCancelled
    /// A transaction is rolled back although its body returned.
    case forgetsToCommit
    /// An inner transaction that throws is not undone.
    case keepsInnerWork
    /// An inner transaction is none: the outer connection can be used while it runs.
    case nestsFlat
    /// A transaction that reads may write.
    case writesWhenReading
    /// The number of changed rows is always 0.
    case countsNoRows
    /// The number of changed rows is never 0.
    case countsOneRow
    /// A clash does not say in which columns.
    case keepsColumnsSecret
    /// More rows than the limit are cut off.
    case cutsOffAtLimit
    /// The first row is the last.
    case firstIsLast
    /// A sequence misses its first row.
    case skipsFirstOfSequence
    /// A sequence runs once, and then gives what it gave.
    case remembersSequence
    /// A violated constraint is taken for success.
    case swallowsViolations
    /// An error says what the values were.
    case tellsValues
    /// A connection's statements are one transaction.
    case wrapsConnections
    /// What was deleted is not reported to observers.
    case concealsDeletes
    /// What was rolled back is reported to observers.
    case reportsRolledBack
    /// Observers are told of tables that they did not ask for.
    case namesUnobservedTables
    /// An observation begins with its first reader.
    case observesWhenRead
    /// Of what a reader has missed the last table alone is kept.
    case keepsLastTable
    /// Observing no table is taken for an observation.
    case observesNothing
    /// An observation ends before its first event.
    case endsAtOnce
    /// An observation that has ended throws.
    case endsWithAnError
    /// Of an integer 32 bits are kept.
    case narrowsIntegers
    /// A real number is kept in single precision.
    case roundsReals
    /// Text ends at its first NUL.
    case cutsTextAtNUL
    /// Nothing is taken for NULL.
    case takesEmptyForNull
    /// Bytes end at the first zero.
    case cutsBytesAtNUL
    /// What is there is true.
    case takesBooleansForTrue
    /// The fraction of a date before 1970 is rounded to the wrong side.
    case shiftsOldDates
    /// The numbers in a UUID are kept in the other order of bytes.
    case mixesUUIDs
    /// A decimal number is kept as a real one.
    case takesDecimalsForReals
    /// JSON is kept in small letters.
    case foldsJSON
    /// Texts are pasted into the statement.
    case splicesValues
    /// A bulk insert loses the last row of each batch.
    case losesLastOfBatch
    /// A bulk insert reads backslashes as escapes.
    case readsEscapes
    /// Each batch of a bulk insert is a transaction of its own.
    case insertsByTheBatch
    /// Names are pasted into the statement between quotes.
    case splicesNames
    /// What is no integer is read as 0.
    case takesUnreadableForZero
    /// A task that was cancelled before is served all the same.
    case ignoresCancellation
    /// A bulk insert without rows is an error.
    case wantsARow
    /// What is no statement gives the code of a broken rule.
    case callsSyntaxAViolation
    /// Closing closes nothing.
    case staysOpen
    /// An error in the middle of a sequence is taken for its end.
    case endsRowsAtError
    /// A query that was cancelled has found nothing.
    case takesCancelledForNone
    /// A call that finds no connection is refused at once.
    case refusesWhenBusy
    /// A call that finds no connection in time gives another code.
    case callsItTimedOut
    /// The opposite of a condition leaves out where that is neither true nor false.
    case losesUnknown
    /// A condition of a row may be NULL.
    case tellsUnknown
    /// NULL is compared as SQL compares it.
    case comparesNullAsSQL
    /// NULL is the greatest in an order.
    case ordersNullLast
    /// Rows come in any order.
    case ignoresOrder
    /// A text that is searched for may have wildcards.
    case knowsWildcards
    /// A list of no values has one.
    case findsInNone
    /// Each value comes as often as it is there.
    case repeatsValues
    /// A page begins with the last row of the page before.
    case repeatsLastOfPage
    /// A join has rows that fit none.
    case joinsLoosely
    /// A left join leaves out what fits none.
    case joinsTightly
    /// A sum is the greatest value.
    case sumsUpToGreatest
    /// A condition on groups is not looked at.
    case keepsEveryGroup
    /// Of rows that are inserted together those that clash are left out.
    case insertsWhatFits
    /// The condition of an update is not looked at.
    case updatesEveryRow
    /// The condition of a delete is not looked at.
    case deletesEveryRow
    /// Decimal numbers are compared as the text that they are kept as.
    case ordersDecimalsAsText
    /// Decimal numbers are computed with as real ones.
    case computesDecimalsAsReals
    /// An upsert leaves the row in its way as it is.
    case keepsRowInTheWay
    /// What was to be inserted is taken for what is in its way.
    case takesOldForNew
    /// An insert that leaves out what clashes in some columns does so for all.
    case ignoresEveryClash
    /// A delete that gives back its rows leaves them.
    case returnsWithoutDeleting

    /// What is wrong: the case's own name.
    public var name: String { rawValue }

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .commitsWhenThrown: "relational.transaction.rolls-back"
        case .commitsWhenCancelled: "relational.transaction.cancelled"
        case .forgetsToCommit: "relational.transaction.commits"
        case .keepsInnerWork: "relational.nesting.inner-rolls-back"
        case .nestsFlat: "relational.nesting.outer-is-closed"
        case .writesWhenReading: "relational.transaction.read-only"
        case .countsNoRows: "relational.statement.counts-rows"
        case .countsOneRow: "relational.version.outdated-replace"
        case .keepsColumnsSecret: "relational.table.other-key"
        case .cutsOffAtLimit: "relational.statement.limit"
        case .firstIsLast: "relational.statement.first"
        case .skipsFirstOfSequence: "relational.rows.all-in-order"
        case .remembersSequence: "relational.rows.run-anew"
        case .swallowsViolations: "relational.constraint.codes"
        case .tellsValues: "relational.constraint.values-withheld"
        case .wrapsConnections: "relational.connection.statements-alone"
        case .concealsDeletes: "relational.observation.each-kind"
        case .reportsRolledBack: "relational.observation.rollback"
        case .namesUnobservedTables: "relational.observation.observed-alone"
        case .observesWhenRead: "relational.observation.begins-at-return"
        case .keepsLastTable: "relational.observation.loses-nothing"
        case .observesNothing: "relational.observation.no-tables"
        case .endsAtOnce: "relational.observation.query"
        case .endsWithAnError: "relational.observation.ends-with-the-store"
        case .narrowsIntegers: "relational.value.integers"
        case .roundsReals: "relational.value.reals"
        case .cutsTextAtNUL: "relational.value.texts"
        case .takesEmptyForNull: "relational.value.nulls"
        case .cutsBytesAtNUL: "relational.value.bytes"
        case .takesBooleansForTrue: "relational.value.booleans"
        case .shiftsOldDates: "relational.value.dates"
        case .mixesUUIDs: "relational.value.uuids"
        case .takesDecimalsForReals: "relational.value.decimals"
        case .foldsJSON: "relational.entity.every-property"
        case .splicesValues: "relational.injection.values"
        case .losesLastOfBatch: "relational.bulk.all-rows"
        case .readsEscapes: "relational.bulk.values"
        case .insertsByTheBatch: "relational.bulk.all-or-nothing"
        case .splicesNames: "relational.injection.identifiers"
        case .takesUnreadableForZero: "relational.value.strict"
        case .ignoresCancellation: "relational.cancellation.before"
        case .wantsARow: "relational.bulk.none"
        case .callsSyntaxAViolation: "relational.constraint.invalid"
        case .staysOpen: "relational.connection.closed"
        case .endsRowsAtError: "relational.rows.error-ends"
        case .takesCancelledForNone: "relational.cancellation.long-query"
        case .refusesWhenBusy: "relational.bounds.waits"
        case .callsItTimedOut: "relational.bounds.exhausted"
        case .losesUnknown: "relational.query.opposites"
        case .tellsUnknown: "relational.query.truths"
        case .comparesNullAsSQL: "relational.query.conditions"
        case .ordersNullLast: "relational.query.order"
        case .ignoresOrder: "relational.query.order"
        case .knowsWildcards: "relational.query.texts"
        case .findsInNone: "relational.query.lists"
        case .repeatsValues: "relational.query.forms"
        case .repeatsLastOfPage: "relational.query.pages"
        case .joinsLoosely: "relational.query.joins"
        case .joinsTightly: "relational.query.left-joins"
        case .sumsUpToGreatest: "relational.query.aggregates"
        case .keepsEveryGroup: "relational.query.groups"
        case .insertsWhatFits: "relational.query.insert"
        case .updatesEveryRow: "relational.query.update"
        case .deletesEveryRow: "relational.query.delete"
        case .ordersDecimalsAsText: "relational.query.decimals"
        case .computesDecimalsAsReals: "relational.query.decimals"
        case .keepsRowInTheWay: "relational.upsert.entity"
        case .takesOldForNew: "relational.upsert.assignments"
        case .ignoresEveryClash: "relational.upsert.other-clash"
        case .returnsWithoutDeleting: "relational.returning.deleted"
        }
    }
}
