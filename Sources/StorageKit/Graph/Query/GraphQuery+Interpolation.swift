extension GraphQuery: ExpressibleByStringInterpolation {
    /// A query without parameters.
    public init(stringLiteral text: String) { parts = [.text(text)] }

    /// A query with interpolated parameters, identifiers and fragments.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.query }

    /// Collects the pieces of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var query = GraphQuery()

        /// Begins a literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            query.parts.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Text between the interpolations.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { query.parts.append(.text(literal)) }
        }

        /// A value: becomes a parameter.
        public mutating func appendInterpolation(_ value: some GraphValueConvertible) {
            appendInterpolation(GraphQueryValue.value(value.graphValue))
        }

        /// A value that may be absent: becomes a parameter, null if it is.
        public mutating func appendInterpolation<Value: GraphValueConvertible>(_ value: Value?) {
            appendInterpolation(value.map { GraphQueryValue.value($0.graphValue) } ?? .null)
        }

        /// Bytes: become one parameter, and not a list of numbers.
        public mutating func appendInterpolation(_ bytes: [UInt8]) {
            appendInterpolation(GraphQueryValue.value(.bytes(bytes)))
        }

        /// A value that a property cannot hold, as a map: becomes a parameter.
        public mutating func appendInterpolation(_ value: GraphQueryValue) {
            query.parts.append(.parameter(value))
        }

        /// A name that is known only at run time: becomes a quoted identifier.
        public mutating func appendInterpolation(identifier name: String) {
            query.parts.append(.identifier(name))
        }

        /// A label that is known only at run time: becomes a quoted identifier.
        public mutating func appendInterpolation(identifier label: GraphLabel) {
            appendInterpolation(identifier: label.name)
        }

        /// A type that is known only at run time: becomes a quoted identifier.
        public mutating func appendInterpolation(identifier type: RelationshipType) {
            appendInterpolation(identifier: type.name)
        }

        /// A property's name that is known only at run time: becomes a quoted identifier.
        public mutating func appendInterpolation(identifier key: PropertyKey) {
            appendInterpolation(identifier: key.name)
        }

        /// Another fragment, with its parameters.
        public mutating func appendInterpolation(_ fragment: GraphQuery) {
            query.parts += fragment.parts
        }
    }
}
