import StorageKit

/// Random calls of a document store.
struct DocumentProgram {
    static let collection = "programs"

    /// A call whose answer does not depend on anything that is not promised.
    enum Call: Sendable, CustomStringConvertible {
        case insert(Document)
        case updateMany(DocumentFilter, DocumentUpdate)
        case upsert(id: Int64, DocumentFilter, DocumentUpdate)
        case replace(id: Int64, with: Document)
        case delete(DocumentFilter)
        case find(DocumentQuery)
        case count(DocumentFilter)
        case distinct(DocumentPath, DocumentFilter)
        case modify(DocumentFilter, DocumentUpdate, [DocumentOrder])

        var description: String {
            switch self {
            case .insert(let document): "insert \(document)"
            case .updateMany(let filter, let update): "updateMany \(filter) \(update)"
            case .upsert(let id, let filter, let update): "upsert \(id) \(filter) \(update)"
            case .replace(let id, let document): "replace \(id) \(document)"
            case .delete(let filter): "delete \(filter)"
            case .find(let query): "find \(query)"
            case .count(let filter): "count \(filter)"
            case .distinct(let path, let filter): "distinct \(path) \(filter)"
            case .modify(let filter, let update, let order): "modify \(filter) \(update) \(order)"
            }
        }
    }

    let calls: [Call]

    init(seed: UInt64, length: Int, isSkipped: (String) -> Bool) {
        var draws = DocumentDraws(seed: seed)
        var calls: [Call] = (Int64(0)..<6).map { id in
            var document = draws.document()
            document.fields.insert(DocumentField("_id", .int64(id)), at: 0)
            return .insert(document)
        }
        for _ in 0..<length { calls.append(Self.call(&draws)) }
        self.calls = calls.filter { !isSkipped("\($0)") }
    }

    private static func call(_ draws: inout DocumentDraws) -> Call {
        switch Int.random(in: 0..<12, using: &draws.generator) {
        case 0, 1, 2, 3:
            .find(
                DocumentQuery(
                    draws.filter(), order: draws.order(), limit: draws.pick([nil, 0, 1, 3]),
                    skip: draws.pick([0, 0, 2]), projection: draws.projection()))
        case 4: .count(draws.filter())
        case 5: .distinct(draws.path(), draws.filter(depth: 1))
        // One document at a time: which ones an update that fails has met is not promised.
        case 6, 7, 8:
            .updateMany(
                .field(.id, .equal(.int64(Int64.random(in: 0..<6, using: &draws.generator))))
                    && draws.filter(depth: 1), draws.update())
        case 9:
            .upsert(
                id: Int64.random(in: 4..<9, using: &draws.generator), draws.filter(depth: 1),
                draws.update())
        case 10:
            draws.chance(1, in: 2)
                ? .replace(
                    id: Int64.random(in: 0..<9, using: &draws.generator), with: draws.document())
                : .delete(draws.filter(depth: 1))
        default: .modify(draws.filter(depth: 1), draws.update(), draws.order())
        }
    }
}

extension DocumentProgram.Call {
    /// The answer in words; of an error its code.
    func answer(of store: some DocumentStore) async -> String {
        let things = DocumentCollection(DocumentProgram.collection, of: Document.self, in: store)
        do {
            return try await answer(of: things)
        } catch let error as StorageError {
            return "\(error.code)"
        } catch {
            return "\(error)"
        }
    }

    private func answer(
        of things: DocumentCollection<some DocumentQuerying, Document>
    ) async throws -> String {
        switch self {
        case .insert(let document): return "\(try await things.insert(document))"
        case .updateMany(let filter, let update):
            let result = try await things.updateMany(filter, update)
            return "\(result.matched) \(result.modified) \(try await Self.all(things))"
        case .upsert(let id, let filter, let update):
            let named = DocumentFilter.field(.id, .equal(.int64(id))) && filter
            let result = try await things.updateOne(named, update, upsert: true)
            let counts = "\(result.matched) \(result.modified) \(result.upsertedIDs)"
            return "\(counts) \(try await Self.all(things))"
        case .replace(let id, let document):
            let isThere = try await things.replace(.field(.id, .equal(.int64(id))), with: document)
            return "\(isThere) \(try await Self.all(things))"
        case .delete(let filter):
            return "\(try await things.deleteMany(filter)) \(try await Self.all(things))"
        case .find(let query):
            var seen: [Document] = []
            for try await document in things.find(query) { seen.append(document) }
            return "\(seen)"
        case .count(let filter): return "\(try await things.count(filter))"
        case .distinct(let path, let filter):
            let field = Field<DocumentValue>(path)
            let values = try await things.distinct(field, where: filter)
            // Of values of the same worth, any one may be given.
            let types = values.map { $0.type }.filter { !DocumentValueType.numbers.contains($0) }
            return "\(values.count) \(types.map(\.rawValue).sorted())"
        case .modify(let filter, let update, let order):
            let seen = try await things.modify(
                DocumentModification(filter, .update(update), order: order))
            return seen.map { "\($0) \(order)" } ?? "nil"
        }
    }

    private static func all(
        _ things: DocumentCollection<some DocumentQuerying, Document>
    ) async throws -> [Document] {
        var seen: [Document] = []
        for try await document in things.find(DocumentQuery(order: [DocumentOrder(.id)])) {
            seen.append(document)
        }
        return seen
    }
}
