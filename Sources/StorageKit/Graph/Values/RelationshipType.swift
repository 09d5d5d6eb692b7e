/// What a relationship says: `FOLLOWS`, `LIVES_IN`.
///
/// A relationship has exactly one type.
/// By convention a verb in upper case, words joined by underscores.
public struct RelationshipType: Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The text; upper and lower case are different.
    public let name: String

    /// Names it.
    public init(_ name: String) { self.name = name }

    /// Names it.
    public init(stringLiteral name: String) { self.name = name }

    /// The text.
    public var description: String { name }
}
