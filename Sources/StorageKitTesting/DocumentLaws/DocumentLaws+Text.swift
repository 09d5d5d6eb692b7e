public import StorageKit

extension DocumentLaws {
    /// The cases of `TextSearchingDocumentStore`.
    public static func textCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: TextSearchingDocumentStore {
        [
            words(), phrases(), exclusions(), scores(), textFilters(), wantsTextIndex(),
            textRefuses(),
        ]
    }

    private static func words<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law(
            "text.words",
            "Documents are found that have one of the words in a field of the index, whatever "
                + "their capitals and accents, and as whole words."
        ) { scene in
            try await scene.putTexts([
                ["t": "Hello, World"], ["t": "H\u{E9}llo-there"], ["t": ["x", "HELLO"]],
                ["t": "hello_world"], ["u": "hello"], ["x": "hello"], ["t": ["v": "hello"]],
                ["t": "hellos"], ["t": 5], ["t": "don't"], ["t": "the \u{20AC}5"],
                ["t": "\u{65E5}\u{672C}\u{3002}\u{8A9E}"],
            ])
            try await scene.expect(.init("hello"), finds: 0, 1, 2, 4)
            try await scene.expect(.init("HE\u{301}LLO"), finds: 0, 1, 2, 4)
            try await scene.expect(.init("world there"), finds: 0, 1)
            try await scene.expect(.init("world", "there"), finds: 0, 1)
            try await scene.expect(.init("hello_world"), finds: 3)
            try await scene.expect(.init("hel"))
            try await scene.expect(.init("\"world\" -hello"), finds: 0, 1, 2, 4)
            try await scene.expect(.init("don"), finds: 9)
            try await scene.expect(.init("the"), finds: 10)
            try await scene.expect(.init("\u{20AC}5"), finds: 10)
            try await scene.expect(.init("\u{8A9E}"), finds: 11)
        }
    }

    private static func phrases<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law(
            "text.phrases",
            "Every phrase has to be in one of the texts as it stands, but for capitals and accents."
        ) { scene in
            try await scene.putTexts([
                ["t": "hello world"], ["t": "world, hello"], ["t": "Hello WORLD again"],
                ["t": "hello-world"], ["t": ["hello", "world"]],
                ["t": "hello", "u": "hello world"],
            ])
            try await scene.expect(.init(phrases: ["hello world"]), finds: 0, 2, 5)
            try await scene.expect(.init(phrases: ["hello wor"]), finds: 0, 2, 5)
            try await scene.expect(.init(phrases: ["hello-world"]), finds: 3)
            try await scene.expect(.init("x", phrases: ["hello world", "again"]), finds: 2)
            try await scene.expect(.init(phrases: ["ello"]))
        }
    }

    private static func exclusions<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law("text.without", "Documents with a word or phrase that is not wanted are not found.") {
            scene in
            try await scene.putTexts([
                ["t": "hello world"], ["t": "hello there"], ["t": "hello", "u": "World"],
                ["t": "world hello"],
            ])
            try await scene.expect(.init("hello", without: ["world"]), finds: 1)
            try await scene.expect(.init("hello", without: ["x-World", "y"]), finds: 1)
            try await scene.expect(
                .init("hello", withoutPhrases: ["hello world"]), finds: 1, 2, 3)
            try await scene.expect(.init("hello", without: ["hello"]))
        }
    }

    private static func scores<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law(
            "text.score",
            "The best come first, those as good by their identifiers, and no more than asked for: "
                + "what has a word more often, in a shorter text or more of the words, is better."
        ) { scene in
            try await scene.putTexts([
                ["t": "hello a b c d e"], ["t": "hello"], ["t": "hello hello world"],
                ["t": "hello world"], ["t": "there hello"], ["t": "x"],
            ])
            let search = DocumentTextSearch("hello")
            let found = try await scene.matches(search, limit: 100)
            try scene.context.expectEqual(
                found.map(\.id), [2, 1, 3, 4, 0], "the documents by their scores")
            try scene.context.expect(
                zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score }
                    && found.allSatisfy { $0.score > 0 }, "scores that fall", seen: "\(found)")
            let both = try await scene.matches(.init("hello world"), limit: 2)
            try scene.context.expectEqual(both.map(\.id), [2, 3], "the best of both words")
            try scene.context.expectEqual(
                try await scene.matches(search, limit: 0).count, 0, "how many none are")
        }
    }

    private static func textFilters<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law(
            "text.filter",
            "The filter has to match besides; an index that is partial serves a filter that says "
                + "as much."
        ) { scene in
            let on = DocumentFilter.field("on", .equal(true))
            try await scene.put(
                ["t": "hello", "on": true, "n": 1], ["t": "hello", "n": 1],
                ["t": "hello", "on": true, "n": 2])
            try await scene.things.createIndexes(.text("t", where: on))
            let search = DocumentTextSearch("hello")
            try await scene.expect(search, where: on, finds: 0, 2)
            try await scene.expect(search, where: on && .field("n", .equal(1)), finds: 0)
            try await scene.context.expectThrows(.missingIndex, "a search of all") {
                try await scene.matches(search, limit: 5)
            }
        }
    }

    private static func wantsTextIndex<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law("text.wants-index", "A collection without an index of texts throws missingIndex.") {
            scene in
            let search = DocumentTextSearch("hello")
            for document: Document? in [nil, ["t": "hello"]] {
                if let document { try await scene.put(document) }
                try await scene.context.expectThrows(.missingIndex, "a search") {
                    try await scene.matches(search, limit: 5)
                }
            }
            try await scene.things.createIndexes(DocumentIndex(DocumentOrder("t")))
            try await scene.context.expectThrows(.missingIndex, "a search beside an index") {
                try await scene.matches(search, limit: 5)
            }
        }
    }

    private static func textRefuses<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TextSearchingDocumentStore {
        law("text.refuses", "A search for no word throws invalidArgument.") { scene in
            try await scene.putTexts([["t": "hello"]])
            let refused: [DocumentTextSearch] = [
                .init(), .init(""), .init("- \"!\""), .init(without: ["hello"]),
                .init("hello", phrases: [""]), .init("hello", phrases: ["say \"hello\""]),
                .init("hello", withoutPhrases: ["-"]),
            ]
            for search in refused {
                try await scene.context.expectThrows(.invalidArgument, "\(search)") {
                    try await scene.matches(search, limit: 5)
                }
            }
            try await scene.context.expectThrows(.invalidArgument, "a limit below 0") {
                try await scene.matches(.init("hello"), limit: -1)
            }
        }
    }
}

extension DocumentScene where Harness.Subject: TextSearchingDocumentStore {
    /// Makes the collection one of these documents, with an index of the texts `t` and `u`.
    fileprivate func putTexts(_ documents: [Document]) async throws {
        try await put(documents)
        try await things.createIndexes(.text("t", "u"))
    }

    fileprivate func matches(
        _ search: DocumentTextSearch, where filter: DocumentFilter = .all, limit: Int
    ) async throws -> [(id: Int, score: Double)] {
        var found: [(id: Int, score: Double)] = []
        for try await match in things.search(search, where: filter, limit: limit) {
            guard case .int64(let id) = match.entity["_id"] else { continue }
            found.append((Int(id), match.score))
        }
        return found
    }

    /// Fails the case unless a search finds these documents, named by their places.
    fileprivate func expect(
        _ search: DocumentTextSearch, where filter: DocumentFilter = .all, finds places: Int...
    ) async throws {
        context.note("search \(search)")
        let seen = try await matches(search, where: filter, limit: 100)
        try context.expectEqual(seen.map(\.id).sorted(), places, "what \(search) finds")
    }
}
