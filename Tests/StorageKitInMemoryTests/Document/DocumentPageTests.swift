import StorageKit
import StorageKitInMemory
import Testing

// That pages have every document once, in the order, is a law: `document.order.keyset`.

@Suite("Pages of documents")
struct DocumentPageTests {
    private let numbers = DocumentCollection(
        "numbers", of: Document.self, in: InMemoryDocumentStore())

    private func fill(_ documents: Document...) async throws {
        for (place, document) in documents.enumerated() {
            let id = DocumentField("_id", .int64(Int64(place)))
            try await numbers.insert(Document(fields: [id] + document.fields))
        }
    }

    private func ids(_ page: DocumentPage<Document>) -> [DocumentValue?] {
        page.entities.map { $0["_id"] }
    }

    @Test("hold what matches, and say where they end but for the last")
    func filtered() async throws {
        try await fill(["a": 3], ["a": 1], ["a": 2], ["a": 2], ["a": 0])
        let filter = Field("a") > 0
        let order = [DocumentOrder("a")]
        let first = try await numbers.page(filter, order: order, limit: 2)
        #expect(ids(first) == [1, 2])
        let second = try await numbers.page(filter, order: order, after: first.next, limit: 2)
        #expect(ids(second) == [3, 0] && second.next == nil)
        let none = try await numbers.page(Field("a") > 9, order: order, limit: 2)
        #expect(none.entities.isEmpty && none.next == nil)
        let all = try await numbers.page(limit: .max)
        #expect(ids(all) == [0, 1, 2, 3, 4] && all.next == nil)
    }

    @Test("do not move when documents come and go before them")
    func stability() async throws {
        try await fill([:], [:], [:], [:])
        let first = try await numbers.page(limit: 2)
        try await numbers.deleteOne(Field(.id) == 0)
        try await numbers.insert(["_id": -1])
        let second = try await numbers.page(after: first.next, limit: 2)
        #expect(ids(first) == [0, 1] && ids(second) == [2, 3] && second.next == nil)
    }

    @Test("go by fields that the entity does not have")
    func otherFields() async throws {
        struct Name: Codable, Equatable { var name: String }
        try await fill(
            ["name": "b", "rank": 1], ["name": "c", "rank": 2], ["name": "a", "rank": 0])
        let names = DocumentCollection("numbers", of: Name.self, in: numbers.store)
        let order = [DocumentOrder("rank")]
        var page = try await names.page(order: order, limit: 1)
        var seen = page.entities.map(\.name)
        while let next = page.next {
            page = try await names.page(order: order, after: next, limit: 1)
            seen += page.entities.map(\.name)
        }
        #expect(seen == ["a", "b", "c"])
    }

    @Test("go on by a cursor that has been a text")
    func textCursor() async throws {
        try await fill(["a": "x"], ["a": .null], ["a": 1.5])
        let order = [DocumentOrder("a", .descending)]
        let first = try await numbers.page(order: order, limit: 1)
        let text = try #require(first.next).text
        let second = try await numbers.page(
            order: order, after: DocumentPageCursor(text), limit: 2)
        #expect(ids(second) == [2, 1])
    }

    @Test("are refused where a value cannot say what is behind it")
    func values() async throws {
        for value: DocumentValue in [
            [1, 2], [], .undefined, .regularExpression(DocumentRegularExpression("x")),
            .symbol("x"), .javaScript("x"), ["b": .symbol("x")],
        ] {
            try await numbers.deleteMany(.all)
            try await fill(["a": value], ["a": 1])
            try await expectRefusal { try await $0.page(order: [DocumentOrder("a")], limit: 3) }
        }
        try await numbers.deleteMany(.all)
        try await fill(["a": [["b": 1]]])
        for path in ["a.b", "a.0.b"] as [DocumentPath] {
            try await expectRefusal { try await $0.page(order: [DocumentOrder(path)], limit: 3) }
        }
    }

    @Test(
        "are refused for arrays that are behind the cursor, which are not left out",
        arguments: [
            (SortOrder.ascending, .minKey, []), (.descending, 1, []), (.descending, .null, []),
            (.ascending, "x", [true]), (.descending, true, ["x", [1]]),
        ] as [(SortOrder, DocumentValue, DocumentValue)])
    func arrays(direction: SortOrder, value: DocumentValue, array: DocumentValue) async throws {
        try await fill(["a": value], ["a": array])
        let order = [DocumentOrder("a", direction)]
        let first = try await numbers.page(order: order, limit: 1)
        #expect(ids(first) == [0] && first.next != nil)
        try await expectRefusal { try await $0.page(order: order, after: first.next, limit: 1) }
    }

    @Test("refuse a cursor of another order, an order with a path twice, and no length")
    func refusals() async throws {
        try await fill(["a": 1, "b": 1], ["a": 1, "b": 1])
        let cursor = try await numbers.page(order: [DocumentOrder("a")], limit: 1).next
        #expect(cursor != nil)
        for order in [
            [], [DocumentOrder("b")], [DocumentOrder("a", .descending)],
            [DocumentOrder("a"), DocumentOrder("b")],
        ] {
            try await expectRefusal { try await $0.page(order: order, after: cursor, limit: 1) }
        }
        let others = DocumentCollection("others", of: Document.self, in: numbers.store)
        await #expect(throws: StorageError.self) {
            try await others.page(order: [DocumentOrder("a")], after: cursor, limit: 1)
        }
        for limit in [0, -1] { try await expectRefusal { try await $0.page(limit: limit) } }
        try await expectRefusal {
            try await $0.page(order: [DocumentOrder("a"), DocumentOrder("a")], limit: 1)
        }
        try await expectRefusal { try await $0.page(order: [DocumentOrder("a..b")], limit: 1) }
    }

    private func expectRefusal(
        _ body: (DocumentCollection<InMemoryDocumentStore, Document>) async throws ->
            DocumentPage<Document>
    ) async throws {
        do {
            let page = try await body(numbers)
            Issue.record("no refusal but \(page)")
        } catch let error as StorageError {
            #expect(error.code == .invalidArgument, "\(error)")
        }
    }
}
