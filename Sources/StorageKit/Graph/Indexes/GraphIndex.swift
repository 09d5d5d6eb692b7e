/// An index of the nodes of a label by a property, and with it a constraint, if it is unique.
public struct GraphIndex: Hashable, Sendable, CustomStringConvertible {
    /// What an index can be asked.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Which nodes have a value.
        case hash
        /// Which nodes have a value, or one of a range, in the order of the values.
        case ordered
    }

    /// The label of its nodes.
    public let label: GraphLabel
    /// The property that it is by; nodes without it are not in the index.
    public let key: PropertyKey
    /// What it can be asked.
    public let kind: Kind
    /// Whether no two nodes of the label may have the same value.
    public let isUnique: Bool

    /// Describes an index.
    public init(_ label: GraphLabel, _ key: PropertyKey, kind: Kind = .hash, isUnique: Bool = false)
    {
        self.label = label
        self.key = key
        self.kind = kind
        self.isUnique = isUnique
    }

    /// As one line: `unique hash index on Person(email)`.
    public var description: String {
        "\(isUnique ? "unique " : "")\(kind.rawValue) index on \(label)(\(key))"
    }
}
