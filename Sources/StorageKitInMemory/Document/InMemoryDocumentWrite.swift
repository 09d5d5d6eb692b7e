internal import StorageKit

/// A write, encoded and checked: nothing about it can be wrong any more but what it meets.
struct InMemoryDocumentWrite {
    enum Kind {
        case insert(Document)
        case replace(with: Document, upsert: Bool)
        case update(DocumentUpdater, upsert: Bool, isMany: Bool)
        case delete(isMany: Bool)
    }

    let filter: DocumentFilter
    let matcher: DocumentMatcher
    let kind: Kind

    init(
        _ write: DocumentWrite<some Encodable & Sendable>, for store: InMemoryDocumentStore
    ) throws(StorageError) {
        switch write {
        case .insert(let entity):
            filter = .all
            var document = try DocumentEncoder().encode(entity)
            if document["_id"] == nil { document["_id"] = .objectID(store.ids.next()) }
            document = document.withIdentifierFirst()
            try document.check(store.limits)
            kind = .insert(document)
        case .replace(let filter, let entity, let upsert):
            self.filter = filter
            let document = try DocumentEncoder().encode(entity).withIdentifierFirst()
            try document.check(store.limits)
            kind = .replace(with: document, upsert: upsert)
        case .updateOne(let filter, let update, let upsert):
            self.filter = filter
            kind = .update(
                try DocumentUpdater(update, now: store.now()), upsert: upsert, isMany: false)
        case .updateMany(let filter, let update, let upsert):
            self.filter = filter
            kind = .update(
                try DocumentUpdater(update, now: store.now()), upsert: upsert, isMany: true)
        case .deleteOne(let filter):
            self.filter = filter
            kind = .delete(isMany: false)
        case .deleteMany(let filter):
            self.filter = filter
            kind = .delete(isMany: true)
        }
        matcher = try DocumentMatcher(filter)
    }
}

/// What one write did, or would do to a document.
struct InMemoryDocumentEffect {
    var inserted: DocumentValue?
    var upserted: DocumentValue?
    var matched = 0
    var modified = 0
    var deleted = 0
}

extension InMemoryDocumentWrite {
    /// Carries the write out.
    func apply(
        to documents: inout InMemoryDocuments, for store: InMemoryDocumentStore
    ) throws(StorageError) -> InMemoryDocumentEffect {
        var effect = InMemoryDocumentEffect()
        switch kind {
        case .insert(let document):
            try documents.insert(document)
            effect.inserted = document["_id"]
        case .replace(let document, let upsert):
            guard let found = documents.matches(filter, matcher, limit: 1).first else {
                guard upsert else { break }
                let made = try upserted(document, store)
                try documents.insert(made)
                effect.upserted = made["_id"]
                break
            }
            let replaced = try replaced(found.document, document, store)
            try change(found, to: replaced, isWhole: true, in: &documents, &effect)
        case .update(let updater, let upsert, let isMany):
            let found = documents.matches(filter, matcher, limit: isMany ? .max : 1)
            for match in found {
                do throws(StorageError) {
                    let changed = try updater.apply(to: match.document, place: match.place)
                    try changed.check(store.limits)
                    try change(match, to: changed, isWhole: false, in: &documents, &effect)
                } catch {
                    // Those before it stay changed, as a server leaves them.
                    throw error.changed { $0.mayHaveBeenApplied = effect.modified > 0 }
                }
            }
            guard found.isEmpty, upsert else { break }
            let made = try upserted(updater, store)
            try documents.insert(made)
            effect.upserted = made["_id"]
        case .delete(let isMany):
            let found = documents.matches(filter, matcher, limit: isMany ? .max : 1)
            for match in found { documents.remove(slot: match.slot) }
            effect.deleted = found.count
        }
        return effect
    }

    private func change(
        _ match: (slot: Int, document: Document, place: Int?), to document: Document,
        isWhole: Bool, in documents: inout InMemoryDocuments, _ effect: inout InMemoryDocumentEffect
    ) throws(StorageError) {
        if !document.isIdentical(to: match.document) {
            try documents.replace(slot: match.slot, with: document, isWhole: isWhole)
            effect.modified += 1
        }
        effect.matched += 1
    }

    /// A document in place of another, with the identifier of that.
    func replaced(
        _ old: Document, _ document: Document, _ store: InMemoryDocumentStore
    ) throws(StorageError) -> Document {
        guard let id = old["_id"] else { return document }
        guard let given = document["_id"] else {
            let named = Document(fields: [DocumentField("_id", id)] + document.fields)
            try named.check(store.limits)
            return named
        }
        guard given.isIdentical(to: id) else {
            throw .invalidDocumentArgument("a replacement has another _id")
        }
        return document
    }

    /// The document that an upsert inserts instead of replacing one.
    func upserted(
        _ document: Document, _ store: InMemoryDocumentStore
    ) throws(StorageError) -> Document {
        let said = try filter.upsertIdentifier()
        var document = document
        if let given = document["_id"], let said, !given.isIdentical(to: said) {
            throw .invalidDocumentArgument("a replacement has another _id than its filter")
        }
        if document["_id"] == nil { document["_id"] = said ?? .objectID(store.ids.next()) }
        document = document.withIdentifierFirst()
        try document.check(store.limits)
        return document
    }

    /// The document that an upsert makes of its filter and its changes.
    func upserted(
        _ updater: DocumentUpdater, _ store: InMemoryDocumentStore
    ) throws(StorageError) -> Document {
        var document = try updater.apply(to: filter.upsertDocument(), isInsert: true)
        if document["_id"] == nil { document["_id"] = .objectID(store.ids.next()) }
        document = document.withIdentifierFirst()
        try document.check(store.limits)
        return document
    }
}
