/// Some entities of a scan and where to go on.
public struct Page<Entity: Sendable, ID: Sendable>: Sendable {
    /// The entities, in the store's order of identifiers.
    public var entities: [Entity]

    /// What to pass as `after` for the next page; `nil` when this page is known to be the last.
    ///
    /// A full page always has one, so the last page of a scan can be empty.
    public var next: ID?

    /// Creates a page.
    public init(entities: [Entity], next: ID?) {
        self.entities = entities
        self.next = next
    }
}

extension Page: Equatable where Entity: Equatable, ID: Equatable {}

extension Page where Entity: Identifiable, Entity.ID == ID {
    /// The page that a scan with this limit found: a full one goes on after its last entity.
    public init(_ entities: [Entity], limit: Int) {
        self.init(entities: entities, next: entities.count < limit ? nil : entities.last?.id)
    }
}
