import StorageKit

/// A store under examination, and one collection of it.
struct DocumentScene<Harness: DocumentHarness>: SceneWithTasks {
    typealias Store = Harness.Subject

    let harness: Harness
    let store: Store
    let context: ConformanceContext
    var executor: InterleavingExecutor?

    init(_ harness: Harness, _ store: Store, _ context: ConformanceContext) {
        self.harness = harness
        self.store = store
        self.context = context
    }

    /// The collection that laws use.
    var things: DocumentCollection<Store, Document> { DocumentCollection("things", in: store) }

    /// Makes the collection one of these documents; those without an identifier get their place.
    func put(_ documents: Document...) async throws { try await put(documents) }

    /// Makes the collection one of these documents; those without an identifier get their place.
    func put(_ documents: [Document]) async throws {
        context.note("put \(documents)")
        try await things.drop()
        let named = documents.enumerated().map { place, document -> Document in
            guard document["_id"] == nil else { return document }
            let id = DocumentField("_id", .int64(Int64(place)))
            return Document(fields: [id] + document.fields)
        }
        let result = try await things.insert(contentsOf: named)
        if let error = result.errors.values.first { throw error }
    }

    /// All documents, in the order of their identifiers.
    func all() async throws -> [Document] {
        try await found(DocumentQuery(order: [DocumentOrder(.id)]))
    }

    /// The documents that a query finds.
    func found(_ query: DocumentQuery) async throws -> [Document] {
        var found: [Document] = []
        for try await document in things.find(query) { found.append(document) }
        return found
    }

    /// The identifiers of the documents that a query finds.
    func ids(_ query: DocumentQuery) async throws -> [Int] {
        try await found(query).map { document in
            if case .int64(let id) = document["_id"] { Int(id) } else { -1 }
        }
    }
}

extension DocumentScene {
    /// Fails the case unless a filter finds these documents, named by their places, and no others.
    func expect(_ filter: DocumentFilter, finds places: Int...) async throws {
        context.note("find \(filter)")
        try context.expectEqual(
            try await ids(DocumentQuery(filter)).sorted(), places, "what \(filter) finds")
        try context.expectEqual(
            try await things.count(filter), places.count, "the count of \(filter)")
    }

    /// Fails the case unless a predicate of `a` finds these documents.
    func expect(_ predicate: DocumentPredicate, finds places: Int...) async throws {
        let seen = try await ids(DocumentQuery(.field("a", predicate))).sorted()
        try context.expectEqual(seen, places, "the documents whose a is \(predicate)")
    }

    /// Fails the case unless a path's predicate finds these documents.
    func expect(
        _ path: DocumentPath, _ predicate: DocumentPredicate, finds places: Int...
    ) async throws {
        let seen = try await ids(DocumentQuery(.field(path, predicate))).sorted()
        try context.expectEqual(seen, places, "the documents whose \(path) is \(predicate)")
    }

    /// Fails the case unless the documents come in this order.
    func expect(_ order: DocumentOrder..., comes places: [Int]) async throws {
        let seen = try await ids(DocumentQuery(order: order + [DocumentOrder(.id)]))
        try context.expectEqual(seen, places, "the documents by \(order)")
    }

    /// Fails the case unless changes make of a document what they should.
    func expect(
        _ changes: DocumentChange..., of document: Document, where filter: DocumentFilter = .all,
        filters: [DocumentFilter] = [], gives expected: Document
    ) async throws {
        try await put(document)
        let update = DocumentUpdate(changes, arrayFilters: filters)
        context.note("update \(filter) with \(update)")
        let result = try await things.updateOne(filter, update)
        try context.expectEqual(result.matched, 1, "the matches of \(filter)")
        var named = expected
        if named["_id"] == nil { named.fields.insert(DocumentField("_id", 0), at: 0) }
        let seen = try await all()
        try context.expect(
            seen.count == 1 && seen[0].isIdentical(to: named), "\(changes) to give \(named)",
            seen: "\(seen)")
        var before = document
        if before["_id"] == nil { before.fields.insert(DocumentField("_id", 0), at: 0) }
        try context.expectEqual(
            result.modified, before.isIdentical(to: named) ? 0 : 1, "how many were modified")
    }

    /// Fails the case unless changes of a document are refused, and it stays as it was.
    func expect(
        _ changes: DocumentChange..., of document: Document, where filter: DocumentFilter = .all,
        filters: [DocumentFilter] = [], throws code: StorageError.Code
    ) async throws {
        try await put(document)
        let before = try await all()
        let update = DocumentUpdate(changes, arrayFilters: filters)
        try await context.expectThrows(code, "\(changes) of \(document)") {
            try await things.updateOne(filter, update)
        }
        let after = try await all()
        try context.expect(
            zip(before, after).allSatisfy { $0.isIdentical(to: $1) },
            "a refused update to change nothing", seen: "\(after)")
    }
}
