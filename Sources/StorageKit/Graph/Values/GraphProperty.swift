/// A property of nodes or relationships, and which type its values have.
///
/// ```swift
/// extension Person {
///     static let name = GraphProperty<String>("name")
///     static let born = GraphProperty<Int>("born")
/// }
/// ```
///
/// The type is a promise of the program's, not the database's: nodes without the property, or with
/// something else in it, may be there all the same, and are not found by a comparison.
public struct GraphProperty<Value>: Hashable, Sendable {
    /// Its name.
    public let key: PropertyKey

    /// Creates a property.
    public init(_ key: PropertyKey) { self.key = key }
}
