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
    /// The expression as it stands in a condition: there what is neither true nor false is as good
    /// as false.
    let condition: SQL

    /// The column's name, when it is a column and nothing else.
    let column: String?

    /// Whether it may be neither true nor false.
    private let mayBeUnknown: Bool

    /// The expression as a value, which stays one wherever it is put.
    ///
    /// Of a condition it is `IS TRUE`, so that it has two values here too.
    public var sql: SQL { mayBeUnknown ? "((\(condition)) IS TRUE)" : condition }

    /// An expression in SQL of your own, whose type is taken on your word.
    ///
    /// ```swift
    /// let month = SQLExpression<String>("strftime('%m', \($0.date.sql))")
    /// ```
    public init(_ sql: SQL) {
        // By itself it would be the place of a column to ORDER BY and GROUP BY.
        let sql = sql.isNumber ? sql + " + 0" : sql
        self.init("(\(sql))", column: nil, mayBeUnknown: Value.self == Bool.self)
    }

    /// An expression that stays one wherever it is put.
    init(made sql: SQL) { self.init(sql, column: nil, mayBeUnknown: false) }

    init(column: String, of qualifier: String?) {
        let name = SQL.identifier(column)
        let sql = qualifier.map { "\(identifier: $0).\(name)" } ?? name
        self.init(sql, column: column, mayBeUnknown: false)
    }

    private init(_ sql: SQL, column: String?, mayBeUnknown: Bool) {
        condition = Self.isDecimal ? "\(sql)\(word: .numerically)" : sql
        self.column = column
        self.mayBeUnknown = mayBeUnknown
    }

    /// Whether the value may be NULL.
    var isNullable: Bool { Value.self is any OptionalType.Type }

    /// Whether it is a decimal number, which not every database has.
    static var isDecimal: Bool { (Value.self as? any SQLBindable.Type)?.sqlType == .decimal }
}

/// A condition.
///
/// See ``SQLExpression/init(_:)`` for one in SQL of your own.
///
/// Conditions have two values, as Swift's have: comparing with NULL by an order gives false, and
/// what is false becomes true by `!`. SQL's third value, unknown, never decides whether a row is
/// found, and is never a value that is selected, compared, grouped by or stored.
public typealias SQLPredicate = SQLExpression<Bool>

extension SQLExpression where Value == Bool {
    /// A condition that may be neither true nor false, where NULL is in it.
    init(comparing sql: SQL) { self.init(sql, column: nil, mayBeUnknown: true) }
}

extension SQL {
    /// Whether it is a whole number that stands in the text, or several that are computed with.
    fileprivate var isNumber: Bool {
        var text = ""
        for part in parts {
            guard case .text(let piece) = part else { return false }
            text += piece
        }
        let digits = text.filter { !"()+-".contains($0) && !$0.isWhitespace }
        return !digits.isEmpty && digits.allSatisfy(\.isNumber)
    }
}

/// `Optional`, without what it wraps.
private protocol OptionalType {}

extension Optional: OptionalType {}
