/// What a broken relational store does wrong, and the law that is meant to catch it.
public enum RelationalDefect: String, CaseIterable, Hashable, Sendable {
    /// A body that throws is committed all the same.
    case commitsWhenThrown
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

    /// The law that is meant to catch it.
    public var caughtBy: String {
        switch self {
        case .commitsWhenThrown: "relational.transaction.rolls-back"
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
        }
    }
}
