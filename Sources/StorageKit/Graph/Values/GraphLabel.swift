/// What a node is: `Person`, `City`.
///
/// A node has any number of labels, each once.
/// By convention a noun in upper camel case.
public struct GraphLabel: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text; upper and lower case are different.
    public let name: String

    /// Names it.
    public init(_ name: String) { self.name = name }

    /// Names it.
    public init(stringLiteral name: String) { self.name = name }

    /// The text.
    public var description: String { name }
}
