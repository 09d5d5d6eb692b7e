public import StorageKit

/// A repository that does something to every call on its way to another: all methods through one.
///
/// A conforming type writes ``perform(_:)`` and gets the seven methods of `Repository`. It must
/// answer a call with the kind of result that belongs to it.
public protocol InterceptingRepository<Base>: Repository
where Entity == Base.Entity, ID == Base.ID {
    /// The kind of repository the calls go to.
    associatedtype Base: Repository

    /// The repository the calls go to.
    var base: Base { get }

    /// Answers a call, normally by `call.result(on: base)`.
    func perform(
        _ call: RepositoryCall<Entity, ID>
    ) async throws(StorageError) -> RepositoryResult<Entity, ID>
}

extension InterceptingRepository {
    /// The limits of the repository behind.
    public var limits: RepositoryLimits { base.limits }

    /// See `Repository`.
    public func get(_ id: ID) async throws(StorageError) -> Entity? {
        let call = RepositoryCall<Entity, ID>.get(id)
        guard case .entity(let entity) = try await perform(call) else { throw mismatch(call) }
        return entity
    }

    /// See `Repository`.
    public func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity] {
        let call = RepositoryCall<Entity, ID>.getMany(ids)
        guard case .entities(let found) = try await perform(call) else { throw mismatch(call) }
        return found
    }

    /// See `Repository`.
    public func insert(_ entity: Entity) async throws(StorageError) {
        let call = RepositoryCall<Entity, ID>.insert(entity)
        guard case .done = try await perform(call) else { throw mismatch(call) }
    }

    /// See `Repository`.
    public func replace(_ entity: Entity) async throws(StorageError) {
        let call = RepositoryCall<Entity, ID>.replace(entity)
        guard case .done = try await perform(call) else { throw mismatch(call) }
    }

    /// See `Repository`.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        let call = RepositoryCall<Entity, ID>.upsert(entity)
        guard case .done = try await perform(call) else { throw mismatch(call) }
    }

    /// See `Repository`.
    @discardableResult
    public func delete(_ id: ID) async throws(StorageError) -> Bool {
        let call = RepositoryCall<Entity, ID>.delete(id)
        guard case .removed(let wasThere) = try await perform(call) else { throw mismatch(call) }
        return wasThere
    }

    /// See `Repository`.
    public func scan(after id: ID?, limit: Int) async throws(StorageError) -> Page<Entity, ID> {
        let call = RepositoryCall<Entity, ID>.scan(after: id, limit: limit)
        guard case .page(let page) = try await perform(call) else { throw mismatch(call) }
        return page
    }

    private func mismatch(_ call: RepositoryCall<Entity, ID>) -> StorageError {
        StorageError(
            code: .internalError,
            message: "perform answered \(call.method.rawValue) with another method's result",
            operation: call.method.rawValue)
    }
}
