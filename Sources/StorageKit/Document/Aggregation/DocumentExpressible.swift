/// What stands for an expression: a field, or an expression itself.
public protocol DocumentExpressible: Sendable {
    /// The expression.
    var expression: DocumentExpression { get }
}

extension DocumentExpression: DocumentExpressible {
    /// Itself.
    public var expression: DocumentExpression { self }
}

extension Field: DocumentExpressible {
    /// The field's value.
    public var expression: DocumentExpression { .field(path) }
}
