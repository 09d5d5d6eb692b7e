/// A case of ``DocumentExpression/switch(_:default:)``.
public struct DocumentBranch: Hashable, Sendable {
    /// What has to be true.
    public var condition: DocumentExpression
    /// What it gives then.
    public var value: DocumentExpression

    /// Creates a case.
    public init(_ condition: DocumentExpression, then value: DocumentExpression) {
        self.condition = condition
        self.value = value
    }
}
