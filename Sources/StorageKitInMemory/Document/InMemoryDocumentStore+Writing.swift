public import StorageKit

extension InMemoryDocumentStore {
    /// Carries out writes, all in one step.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        guard writes.count <= limits.maximumWritesPerCall else {
            throw StorageError(
                code: .limitExceeded,
                message: "a call has more than \(limits.maximumWritesPerCall) writes")
        }
        var prepared: [InMemoryDocumentWrite] = []
        for write in writes { prepared.append(try InMemoryDocumentWrite(write, for: self)) }
        return try changingDocuments(of: collection) { documents throws(StorageError) in
            self.carryOut(prepared, on: &documents, isOrdered: isOrdered)
        }
    }

    private func carryOut(
        _ writes: [InMemoryDocumentWrite], on documents: inout InMemoryDocuments, isOrdered: Bool
    ) -> DocumentWriteResult {
        var result = DocumentWriteResult()
        for (place, write) in writes.enumerated() {
            do throws(StorageError) {
                let effect = try write.apply(to: &documents, for: self)
                result.add(effect, at: place)
            } catch {
                result.errors[place] = error
                guard isOrdered else { continue }
                if place + 1 < writes.count { result.firstUntried = place + 1 }
                break
            }
        }
        return result
    }

    /// Finds a document, changes it and gives it back, in one step.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        let projector = try DocumentProjector(modification.projection)
        let change = try prepared(modification)
        for order in modification.order {
            try DocumentQuery(order: [order]).check()
        }
        let document = try changingDocuments(of: collection) { documents throws(StorageError) in
            try self.carryOut(change, modification, on: &documents)
        }
        guard let document else { return nil }
        do throws(StorageError) {
            return try DocumentDecoder().decode(Entity.self, from: projector(document))
        } catch {
            // What cannot be decoded has been changed all the same.
            throw error.changed { $0.mayHaveBeenApplied = true }
        }
    }

    private func prepared<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>
    ) throws(StorageError) -> InMemoryDocumentWrite {
        let (filter, upsert) = (modification.filter, modification.upsert)
        let write: DocumentWrite<Entity>
        switch modification.change {
        case .update(let update): write = .updateOne(filter, update, upsert: upsert)
        case .replace(let entity): write = .replace(filter, with: entity, upsert: upsert)
        case .delete:
            guard !upsert else {
                throw .invalidDocumentArgument("a removal has nothing to insert")
            }
            write = .deleteOne(filter)
        }
        return try InMemoryDocumentWrite(write, for: self)
    }

    private func carryOut<Entity: Sendable>(
        _ write: InMemoryDocumentWrite, _ modification: DocumentModification<Entity>,
        on documents: inout InMemoryDocuments
    ) throws(StorageError) -> Document? {
        let order = modification.order
        let found = documents.matches(
            write.filter, write.matcher, limit: order.isEmpty ? 1 : .max)
        let sorted = try DocumentSorter(order).sorted(found.map(\.document))
        guard let first = sorted.first,
            let match = found.first(where: { $0.document.isIdentical(to: first) })
        else {
            let effect = try write.apply(to: &documents, for: self)
            guard let id = effect.upserted, modification.returning == .after else { return nil }
            return try documents.document(with: id)
        }
        let after = try write.changed(match.document, place: match.place, for: self)
        if let after {
            try documents.replace(slot: match.slot, with: after, isWhole: write.isReplacement)
        } else {
            documents.remove(slot: match.slot)
        }
        return modification.returning == .before ? match.document : after
    }
}

extension InMemoryDocuments {
    /// The document with an identifier.
    fileprivate func document(with id: DocumentValue) throws(StorageError) -> Document? {
        let filter = DocumentFilter.field(.id, .equal(id))
        return matches(filter, try DocumentMatcher(filter)).first?.document
    }
}

extension InMemoryDocumentWrite {
    /// Whether it gives a document as a whole.
    fileprivate var isReplacement: Bool { if case .replace = kind { true } else { false } }

    /// What becomes of a document; `nil` when it is removed.
    fileprivate func changed(
        _ document: Document, place: Int?, for store: InMemoryDocumentStore
    ) throws(StorageError) -> Document? {
        switch kind {
        case .insert, .delete: return nil
        case .replace(let replacement, _): return try replaced(document, replacement, store)
        case .update(let updater, _, _):
            let changed = try updater.apply(to: document, place: place)
            try changed.check(store.limits)
            return changed
        }
    }
}

extension DocumentWriteResult {
    fileprivate mutating func add(_ effect: InMemoryDocumentEffect, at place: Int) {
        if let id = effect.inserted {
            inserted += 1
            insertedIDs[place] = id
        }
        if let id = effect.upserted { upsertedIDs[place] = id }
        matched += effect.matched
        modified += effect.modified
        deleted += effect.deleted
    }
}
