/// What can be matched as text: `String`, or `String?`.
public protocol SQLText {}

extension String: SQLText {}

extension Optional: SQLText where Wrapped == String {}

// Upper and lower case differ, and every character of the text stands for itself: there are no
// wildcards for a text from outside to use.
extension SQLExpression where Value: SQLText {
    /// Whether the text begins with this one; an index can serve it.
    public func hasPrefix(_ text: String) -> SQLPredicate {
        matches(SQLPattern([.text(text), .anything]))
    }

    /// Whether the text ends with this one; every row is looked at.
    public func hasSuffix(_ text: String) -> SQLPredicate {
        matches(SQLPattern([.anything, .text(text)]))
    }

    /// Whether the text has this one in it; every row is looked at.
    public func contains(_ text: String) -> SQLPredicate {
        matches(SQLPattern([.anything, .text(text), .anything]))
    }

    /// Whether the text, from its beginning to its end, is as the pattern says.
    public func matches(_ pattern: SQLPattern) -> SQLPredicate {
        SQLPredicate(comparing: sql + " " + SQL(parts: [.match(pattern)]))
    }

    /// The same text, compared and ordered code unit by code unit of its UTF-8: the same order in
    /// every database, and no language's.
    public var bytewise: Self { Self(made: "(\(sql) \(word: .bytewise))") }
}

extension SQL.StringInterpolation {
    /// A word that the databases write differently.
    mutating func appendInterpolation(word: SQLWord) { sql.parts.append(.word(word)) }
}
