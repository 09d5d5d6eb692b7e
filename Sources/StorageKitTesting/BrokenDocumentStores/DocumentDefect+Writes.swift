import StorageKit

extension DocumentDefect {
    /// What becomes of a call's writes on their way to the store.
    func changed<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>]
    ) -> [DocumentWrite<Entity>] {
        var writes = writes.flatMap(changed)
        if self == .deletesFirst {
            writes = writes.filter(\.isDelete) + writes.filter { !$0.isDelete }
        }
        return writes
    }

    private func changed<Entity: Encodable & Sendable>(
        _ write: DocumentWrite<Entity>
    ) -> [DocumentWrite<Entity>] {
        switch write {
        case .insert(let entity):
            let entity = stored(entity)
            guard self == .overwritesTaken, let id = (entity as? Document)?["_id"] else {
                return [.insert(entity)]
            }
            return [.replace(.field(.id, .equal(id)), with: entity, upsert: true)]
        case .replace(let filter, let entity, let upsert):
            let filter = changed(filter)
            if self == .replacesByInserting { return [.deleteOne(filter), .insert(entity)] }
            if self == .takesReplacementsForChanges, let update = Self.update(in: entity) {
                return [.updateOne(filter, update, upsert: upsert)]
            }
            let write = DocumentWrite.replace(
                filter, with: entity, upsert: upsert && self != .neverUpsertsReplacements)
            return self == .replacesTwice ? [write, write] : [write]
        case .updateOne(let filter, let update, let upsert):
            let (filter, changedUpdate) = (changed(filter), changed(update))
            if self == .updatesAllForOne {
                return [.updateMany(filter, changedUpdate, upsert: upsert)]
            }
            guard self == .changesOneByOne else {
                return [.updateOne(filter, changedUpdate, upsert: upsert)]
            }
            return changedUpdate.changes.map { .updateOne(filter, [$0], upsert: upsert) }
        case .updateMany(let filter, let update, let upsert):
            let (filter, update) = (changed(filter), changed(update))
            return [
                self == .updatesOneForAll
                    ? .updateOne(filter, update, upsert: upsert)
                    : .updateMany(filter, update, upsert: upsert)
            ]
        case .deleteOne(let filter):
            let filter = changed(filter)
            return [self == .deletesAllForOne ? .deleteMany(filter) : .deleteOne(filter)]
        case .deleteMany(let filter): return [.deleteMany(changed(filter))]
        }
    }

    /// The change that a document looks like.
    private static func update(in entity: some Sendable) -> DocumentUpdate? {
        guard case .document(let fields)? = (entity as? Document)?["$set"] else { return nil }
        return DocumentUpdate(fields.fields.map { .set(DocumentPath($0.name), $0.value) })
    }

    /// What is stored instead of an entity, if it is a document.
    private func stored<Entity>(_ entity: Entity) -> Entity {
        guard let document = entity as? Document else { return entity }
        let fields = document.fields.map { field -> DocumentField in
            switch (self, field.value) {
            case (.takesIntegersForNarrow, .int64(let number)):
                DocumentField(field.name, .int32(Int32(truncatingIfNeeded: number)))
            case (.takesRealIDsForTexts, .double(let number)) where field.name == "_id":
                DocumentField(field.name, .string("\(number)"))
            default: field
            }
        }
        return Document(fields: fields) as? Entity ?? entity
    }

    /// What is told of a call's writes.
    func told(_ result: DocumentWriteResult) -> DocumentWriteResult {
        var result = result
        switch self {
        case .concealsIDs: result.insertedIDs = result.insertedIDs.mapValues { _ in .null }
        case .swallowsOverflow: result.errors = result.errors.filter { $1.code != .outOfRange }
        default: break
        }
        return result
    }

    /// What is shown instead of a document that was read.
    func shown<Entity>(_ entity: Entity) -> Entity {
        guard self == .showsIDLast, var document = entity as? Document, let id = document["_id"]
        else { return entity }
        document["_id"] = nil
        document["_id"] = id
        return document as? Entity ?? entity
    }

    /// What becomes of a query on its way to the store.
    func changed(_ query: DocumentQuery) -> DocumentQuery {
        var query = query
        query.filter = changed(query.filter)
        switch self {
        case .ignoresOrder: query.order = []
        case .ordersByFirstElement where query.order.first?.path == "a":
            query.order[0].path = "a.0"
        case .ordersByOne: query.order.removeSubrange(1..<max(1, query.order.count - 1))
        case .ignoresSkip: query.skip = 0
        case .alwaysShowsID:
            if case .only(let paths, _) = query.projection { query.projection = .only(paths) }
        case .showsEverything:
            if case .without = query.projection { query.projection = .all }
        default: break
        }
        return query
    }
}

extension DocumentWrite {
    fileprivate var isDelete: Bool {
        switch self {
        case .deleteOne, .deleteMany: true
        default: false
        }
    }
}
