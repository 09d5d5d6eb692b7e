/// A type whose values are relationships of one type; its fields are their properties.
///
/// ```swift
/// struct Follows: GraphRelationshipEntity {
///     static let type: RelationshipType = "FOLLOWS"
///     var since: Int
/// }
/// ```
///
/// Where a relationship begins and ends is not one of its fields. A type without fields stands for
/// relationships whose properties nobody reads.
public protocol GraphRelationshipEntity: Codable & Sendable {
    /// The type of its relationships.
    static var type: RelationshipType { get }
}
