public import StorageKit

/// What a call of a `Repository` returned, as a value.
public enum RepositoryResult<Entity: Identifiable & Sendable, ID: Hashable & Sendable>: Sendable
where Entity.ID == ID {
    /// A write that returns nothing returned.
    case done
    /// What `get` found.
    case entity(Entity?)
    /// What `get` of several found.
    case entities([ID: Entity])
    /// What `delete` said.
    case removed(Bool)
    /// What `scan` found.
    case page(Page<Entity, ID>)
}

extension RepositoryResult: Equatable where Entity: Equatable {}

extension RepositoryResult: CustomStringConvertible {
    /// The result, abridged where it is long.
    public var description: String {
        switch self {
        case .done: "done"
        case .entity(let entity): entity.map { "\($0)" } ?? "nil"
        case .entities(let entities): Array(entities.values).abridged
        case .removed(let wasThere): "\(wasThere)"
        case .page(let page):
            "\(page.entities.abridged) next: \(page.next.map { "\($0)" } ?? "nil")"
        }
    }
}
