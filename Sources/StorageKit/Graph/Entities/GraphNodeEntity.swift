/// A type whose values are nodes of one label; its fields are their properties.
///
/// ```swift
/// struct Person: GraphNodeEntity {
///     static let label: GraphLabel = "Person"
///     var name: String
///     var born: Int?
/// }
/// ```
///
/// Its coding says which property each field is. A field that is `nil` is a property that is not
/// there. A node may have more labels, and more properties, than the type knows of.
public protocol GraphNodeEntity: Codable & Sendable {
    /// The label of its nodes.
    static var label: GraphLabel { get }
}
