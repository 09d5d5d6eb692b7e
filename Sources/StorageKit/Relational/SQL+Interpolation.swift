extension SQL: ExpressibleByStringInterpolation {
    /// A statement without parameters.
    public init(stringLiteral text: String) { parts = [.text(text)] }

    /// A statement with interpolated parameters, identifiers and fragments.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// Collects the pieces of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL()

        /// Begins a literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.parts.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Text between the interpolations.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { sql.parts.append(.text(literal)) }
        }

        /// A value: becomes a parameter.
        public mutating func appendInterpolation(_ value: some SQLBindable) {
            sql.append(value)
        }

        /// Bytes: become one parameter, and not a list of numbers.
        public mutating func appendInterpolation(_ bytes: [UInt8]) {
            sql.append(SQLValue.bytes(bytes))
        }

        /// Values: become a list of parameters in parentheses, for `IN`.
        ///
        /// An empty array becomes a subquery without rows, so that `IN` is false and `NOT IN` is
        /// true for every row, in every dialect.
        public mutating func appendInterpolation<Value: SQLBindable>(_ values: [Value]) {
            sql.append(list: values)
        }

        /// A name that is known only at run time: becomes a quoted identifier.
        public mutating func appendInterpolation(identifier name: String) {
            sql.parts.append(.identifier(name))
        }

        /// Another fragment, with its parameters.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql += fragment
        }
    }
}
