extension GraphRepository {
    /// The node with an identifier.
    func node(
        _ id: Entity.ID, in reader: some GraphLookup
    ) async throws(StorageError) -> GraphNode? {
        try await reader.nodes(labelled: Entity.label, where: key, isOneOf: [id.graphValue]).first
    }

    func decode(_ node: GraphNode) throws(StorageError) -> Entity {
        try GraphDecoder().decode(Entity.self, from: node.properties)
    }

    /// The properties of an entity, which has to be found by the entity's identifier.
    func encode(
        _ entity: Entity, _ operation: String
    ) throws(StorageError) -> [PropertyKey: GraphValue] {
        do throws(StorageError) {
            let properties = try GraphEncoder().encode(entity)
            guard let id = properties[key], id.isEqual(to: entity.id.graphValue) else {
                throw StorageError(
                    code: .encodingFailed,
                    message: "\(Entity.self) does not encode its id as the property \(key); give "
                        + "it a coding key, or the repository the property")
            }
            return properties
        } catch {
            throw named(error, operation)
        }
    }

    /// Runs a transaction under the call's name.
    @discardableResult
    func write<Value: Sendable>(
        _ operation: String,
        _ body: @Sendable (Store.Transaction) async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await store.withTransaction { transaction in try await body(transaction) }
        } catch let error as StorageError {
            throw named(taken(error), operation)
        } catch is CancellationError {
            throw named(.cancelled(), operation)
        } catch {
            let unexpected = StorageError(
                code: .internalError, message: "the transaction failed", underlying: error)
            throw named(unexpected, operation)
        }
    }

    /// Runs a call under its own name and the label's.
    func run<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            return try await body()
        } catch {
            throw named(error, operation)
        }
    }

    static var identifierTaken: StorageError {
        StorageError(
            code: .alreadyExists,
            message: "another node has this identifier; use replace or upsert to overwrite it")
    }

    /// The error, and where somebody else was faster with the same identifier, as such.
    private func taken(_ error: StorageError) -> StorageError {
        guard error.code == .constraintViolation, let constraint = error.constraint,
            constraint.kind.isUniqueness, constraint.table == Entity.label.name,
            constraint.columns == [key.name]
        else { return error }
        return Self.identifierTaken
    }

    private func named(_ error: StorageError, _ operation: String) -> StorageError {
        let store = [error.store, "label \(Entity.label)"].compactMap(\.self)
        return error.renamed(operation: operation, store: store.joined(separator: " "))
    }
}
