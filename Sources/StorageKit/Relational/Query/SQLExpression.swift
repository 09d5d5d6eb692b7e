/// Something that has a value for each row: a column, a sum, a condition; with the Swift type of
/// its values.
///
/// Expressions are made from columns and put together by operators. What has another type does not
/// compile:
///
/// ```swift
/// $0.balance - $0.limit > 5       // SQLExpression<Bool>
/// $0.balance == "five"            // no
/// ```
///
/// An optional type says that the value may be NULL.
public struct SQLExpression<Value>: SQLTerm {
    /// The expression.
    public let sql: SQL

    /// The column's name, when it is a column and nothing else.
    let column: String?

    /// An expression in SQL of your own, whose type is taken on your word.
    ///
    /// ```swift
    /// let month = SQLExpression<String>("strftime('%m', \($0.date.sql))")
    /// ```
    public init(_ sql: SQL) { self.init(made: "(\(sql))") }

    /// An expression that stays one wherever it is put.
    init(made sql: SQL) {
        self.sql = sql
        column = nil
    }

    init(column: String, of qualifier: String?) {
        self.column = column
        guard let qualifier else {
            sql = .identifier(column)
            return
        }
        sql = "\(identifier: qualifier).\(identifier: column)"
    }

    /// Whether the value may be NULL.
    var isNullable: Bool { Value.self is any OptionalType.Type }
}

/// A condition.
///
/// See ``SQLExpression/init(_:)`` for one in SQL of your own.
///
/// Conditions have two values, as Swift's have: comparing with NULL by an order gives false, and
/// what is false becomes true by `!`. SQL's third value, unknown, never decides whether a row is
/// found.
public typealias SQLPredicate = SQLExpression<Bool>

/// `Optional`, without what it wraps.
private protocol OptionalType {}

extension Optional: OptionalType {}
