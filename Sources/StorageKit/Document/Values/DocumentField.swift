/// A name in a document, and its value.
public struct DocumentField: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: DocumentValue

    /// Creates a field.
    public init(_ name: String, _ value: DocumentValue) {
        self.name = name
        self.value = value
    }
}
