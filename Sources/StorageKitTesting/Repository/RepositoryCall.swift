public import StorageKit

/// A call of a `Repository` as a value: it can be made, recorded, repeated and dropped.
///
/// With ``RepositoryResult`` it turns a repository into one function from calls to results, which
/// is what wrappers, broken stores and random sequences want.
public enum RepositoryCall<Entity: Identifiable & Sendable, ID: Hashable & Sendable>: Sendable
where Entity.ID == ID {
    /// `get` of one identifier.
    case get(ID)
    /// `get` of several identifiers.
    case getMany([ID])
    /// `insert`.
    case insert(Entity)
    /// `replace`.
    case replace(Entity)
    /// `upsert`.
    case upsert(Entity)
    /// `delete`.
    case delete(ID)
    /// `scan`.
    case scan(after: ID?, limit: Int)

    /// Which method is called.
    public var method: RepositoryMethod {
        switch self {
        case .get: .get
        case .getMany: .getMany
        case .insert: .insert
        case .replace: .replace
        case .upsert: .upsert
        case .delete: .delete
        case .scan: .scan
        }
    }

    /// Makes the call.
    public func result<Store: Repository>(
        on store: Store
    ) async throws(StorageError) -> RepositoryResult<Entity, ID>
    where Store.Entity == Entity, Store.ID == ID {
        switch self {
        case .get(let id): return .entity(try await store.get(id))
        case .getMany(let ids): return .entities(try await store.get(ids))
        case .insert(let entity): try await store.insert(entity)
        case .replace(let entity): try await store.replace(entity)
        case .upsert(let entity): try await store.upsert(entity)
        case .delete(let id): return .removed(try await store.delete(id))
        case .scan(let id, let limit):
            return .page(try await store.scan(after: id, limit: limit))
        }
        return .done
    }
}

extension RepositoryCall: CustomStringConvertible {
    /// The call as one would write it.
    public var description: String {
        switch self {
        case .get(let id): "get(\(id))"
        case .getMany(let ids): "get(\(ids.abridged))"
        case .insert(let entity): "insert(\(entity))"
        case .replace(let entity): "replace(\(entity))"
        case .upsert(let entity): "upsert(\(entity))"
        case .delete(let id): "delete(\(id))"
        case .scan(let id, let limit): "scan(after: \(describe(id)), limit: \(limit))"
        }
    }
}

extension Array {
    /// The elements, or the first few and how many there are.
    var abridged: String {
        guard count > 12 else { return "\(self)" }
        return "[\(prefix(8).map { "\($0)" }.joined(separator: ", ")), ... \(count) in all]"
    }
}
