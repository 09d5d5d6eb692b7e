/// The name of a property of nodes and relationships: `name`, `since`.
///
/// By convention in lower camel case.
public struct PropertyKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text; upper and lower case are different.
    public let name: String

    /// Names it.
    public init(_ name: String) { self.name = name }

    /// Names it.
    public init(stringLiteral name: String) { self.name = name }

    /// The text.
    public var description: String { name }
}
