extension DocumentCollection {
    /// Stores a document that is not there yet.
    ///
    /// One round trip.
    ///
    /// - Returns: Its identifier: its own, or the one it was given.
    /// - Throws: ``StorageError/Code/alreadyExists`` when the identifier or another unique value is
    ///   taken.
    @discardableResult
    public func insert(_ entity: Entity) async throws(StorageError) -> DocumentValue {
        let result = try await writeOne(.insert(entity))
        return result.insertedIDs[0] ?? .null
    }

    /// Stores documents that are not there yet.
    ///
    /// One round trip for as many as fit a message.
    ///
    /// - Parameters:
    ///   - entities: The documents.
    ///   - isOrdered: Whether those behind the first refused one are left out.
    /// - Returns: What became of each.
    @discardableResult
    public func insert(
        contentsOf entities: [Entity], isOrdered: Bool = true
    ) async throws(StorageError) -> DocumentWriteResult {
        try await write(entities.map { .insert($0) }, isOrdered: isOrdered)
    }

    /// Puts a document in place of the first one that matches.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func replace(
        _ filter: DocumentFilter, with entity: Entity
    ) async throws(StorageError) -> Bool {
        try await writeOne(.replace(filter, with: entity)).matched > 0
    }

    /// Puts a document in place of the first one that matches, or inserts it.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether it was inserted.
    @discardableResult
    public func upsert(
        _ filter: DocumentFilter, with entity: Entity
    ) async throws(StorageError) -> Bool {
        try await writeOne(.replace(filter, with: entity, upsert: true)).upsertedIDs[0] != nil
    }

    /// Changes the first document that matches.
    ///
    /// One round trip.
    ///
    /// - Returns: What it did: ``DocumentWriteResult/matched`` is 0 or 1.
    @discardableResult
    public func updateOne(
        _ filter: DocumentFilter, _ update: DocumentUpdate, upsert: Bool = false
    ) async throws(StorageError) -> DocumentWriteResult {
        try await writeOne(.updateOne(filter, update, upsert: upsert))
    }

    /// Changes every document that matches, one after the other.
    ///
    /// One round trip.
    ///
    /// - Throws: Why a document could not be changed; those before it stay changed, and
    ///   ``StorageError/mayHaveBeenApplied`` says that there may be some.
    @discardableResult
    public func updateMany(
        _ filter: DocumentFilter, _ update: DocumentUpdate, upsert: Bool = false
    ) async throws(StorageError) -> DocumentWriteResult {
        try await writeOne(.updateMany(filter, update, upsert: upsert))
    }

    /// Removes the first document that matches.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func deleteOne(_ filter: DocumentFilter) async throws(StorageError) -> Bool {
        try await writeOne(.deleteOne(filter)).deleted > 0
    }

    /// Removes every document that matches, one after the other.
    ///
    /// One round trip.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func deleteMany(_ filter: DocumentFilter) async throws(StorageError) -> Int {
        try await writeOne(.deleteMany(filter)).deleted
    }

    /// Carries out writes of any kind.
    ///
    /// One round trip for each row of writes of the same kind.
    ///
    /// - Parameters:
    ///   - writes: What is to be written.
    ///   - isOrdered: Whether those behind the first refused one are left out.
    /// - Returns: What became of each.
    public func write(
        _ writes: [DocumentWrite<Entity>], isOrdered: Bool = true
    ) async throws(StorageError) -> DocumentWriteResult {
        try await store.write(writes, to: name, isOrdered: isOrdered)
    }

    /// Finds a document, changes it and gives it back, in one atomic step.
    ///
    /// One round trip.
    public func modify(
        _ modification: DocumentModification<Entity>
    ) async throws(StorageError) -> Entity? {
        try await store.modify(modification, in: name)
    }

    private func writeOne(
        _ write: DocumentWrite<Entity>
    ) async throws(StorageError) -> DocumentWriteResult {
        let result = try await store.write([write], to: name, isOrdered: true)
        if let error = result.errors[0] { throw error }
        return result
    }
}
