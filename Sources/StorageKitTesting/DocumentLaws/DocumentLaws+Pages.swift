import StorageKit

extension DocumentLaws {
    static func keysetPages<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "order.keyset",
            "What is behind a document in an order is what filters find behind it, whatever types "
                + "its values have: pages have every document once, in the order."
        ) { scene in
            var draws = DocumentDraws(seed: scene.context.seed)
            for _ in 0..<4 {
                try await scene.put((0..<24).map { _ in draws.documentOfScalars() })
                for first in [SortOrder.ascending, .descending] {
                    for second in [SortOrder.ascending, .descending] {
                        try await scene.expectPages(
                            by: [DocumentOrder("a", first), DocumentOrder("b.c", second)],
                            of: Int.random(in: 1...7, using: &draws.generator))
                    }
                }
            }
        }
    }
}

extension DocumentDraws {
    /// A document with a value at `a` and one at `b.c`, or without them.
    fileprivate mutating func documentOfScalars() -> Document {
        var document = Document()
        if !chance(1, in: 6) { document["a"] = scalar() }
        if !chance(1, in: 6) { document["b"] = chance(1, in: 8) ? scalar() : ["c": scalar()] }
        return document
    }
}

extension DocumentScene {
    /// Fails the case unless pages have the documents in the order.
    fileprivate func expectPages(by order: [DocumentOrder], of limit: Int) async throws {
        let identifier = DocumentOrder(.id, order.last?.direction ?? .ascending)
        let expected = try await found(DocumentQuery(order: order + [identifier]))
        var seen: [Document] = []
        var cursor: DocumentPageCursor?
        // A store that goes round in circles is to fail, not to go on for ever.
        for _ in 0...expected.count {
            let page = try await things.page(order: order, after: cursor, limit: limit)
            seen += page.entities
            cursor = page.next
            guard cursor != nil else { break }
            try context.expectEqual(page.entities.count, limit, "the length of a page with a next")
        }
        try context.expectEqual(
            seen.map { $0["_id"] }, expected.map { $0["_id"] }, "pages of \(limit) by \(order)")
    }
}
