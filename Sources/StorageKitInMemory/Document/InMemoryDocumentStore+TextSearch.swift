public import StorageKit
internal import Synchronization

extension InMemoryDocumentStore: TextSearchingDocumentStore {
    /// The documents that have the words in the fields of the collection's index of texts, best
    /// first.
    ///
    /// It looks at each document that the filter matches. A score is what MongoDB's is.
    public func search<Entity: Decodable & Sendable>(
        _ search: DocumentTextSearch, where filter: DocumentFilter, limit: Int,
        in collection: String, as type: Entity.Type
    ) -> ResultSequence<DocumentTextMatch<Entity>> {
        ResultSequence { InMemoryTextSource(store: self, search, filter, limit, collection) }
    }

    fileprivate func matches(
        _ search: DocumentTextSearch, _ filter: DocumentFilter, _ limit: Int, _ collection: String
    ) throws(StorageError) -> [DocumentTextMatch<Document>] {
        try search.check()
        try DocumentQuery(filter, limit: limit).check()
        let matcher = try DocumentMatcher(filter)
        let (paths, found) = try withDocuments(of: collection) { documents throws(StorageError) in
            (
                try documents.textPaths(for: filter),
                documents.matches(filter, matcher).map(\.document)
            )
        }
        let test = InMemoryTextTest(search)
        // Sorting keeps those that are as good in their order, which is that of the identifiers.
        let matches = try DocumentSorter([DocumentOrder(.id)]).sorted(found)
            .compactMap { document in
                test.score(of: document, at: paths).map { DocumentTextMatch(document, score: $0) }
            }
        return matches.enumerated().sorted { left, right in
            left.element.score == right.element.score
                ? left.offset < right.offset : left.element.score > right.element.score
        }.prefix(limit).map(\.element)
    }
}

/// A search, made ready.
private struct InMemoryTextTest {
    private let wanted: Set<String>
    private let unwanted: Set<String>
    private let phrases: [String]
    private let excludedPhrases: [String]

    init(_ search: DocumentTextSearch) {
        wanted = search.wantedWords
        unwanted = search.unwantedWords
        phrases = search.phrases.map { DocumentText($0).folded }
        excludedPhrases = search.excludedPhrases.map { DocumentText($0).folded }
    }

    /// How well a document has what is looked for; `nil` when it has it not.
    func score(of document: Document, at paths: [DocumentPath]) -> Double? {
        let originals = paths.flatMap { document.values(at: $0) }.compactMap { value in
            if case .string(let text) = value { text } else { nil }
        }
        let texts = originals.map { DocumentText($0) }
        let hasAll = phrases.allSatisfy { phrase in texts.contains { $0.has(phrase) } }
        let hasNone = texts.allSatisfy { text in
            unwanted.isDisjoint(with: text.words) && !excludedPhrases.contains(where: text.has)
        }
        guard hasAll, hasNone else { return nil }
        let score = zip(texts, originals).reduce(0) { sum, text in
            sum + text.0.score(of: wanted, original: text.1)
        }
        return score > 0 ? score : nil
    }
}

extension DocumentText {
    fileprivate func has(_ phrase: String) -> Bool {
        let (text, phrase) = (Array(folded.utf8), Array(phrase.utf8))
        guard text.count >= phrase.count else { return false }
        return (0...(text.count - phrase.count)).contains { start in
            text[start..<(start + phrase.count)].elementsEqual(phrase)
        }
    }
}

/// One run of a search.
private final class InMemoryTextSource<Entity: Decodable & Sendable>: ResultSource {
    private let store: InMemoryDocumentStore
    private let search: DocumentTextSearch
    private let filter: DocumentFilter
    private let limit: Int
    private let collection: String
    private let isOver = Atomic<Bool>(false)

    init(
        store: InMemoryDocumentStore, _ search: DocumentTextSearch, _ filter: DocumentFilter,
        _ limit: Int, _ collection: String
    ) {
        self.store = store
        self.search = search
        self.filter = filter
        self.limit = limit
        self.collection = collection
    }

    func nextBatch() async throws(StorageError) -> [DocumentTextMatch<Entity>] {
        guard !isOver.exchange(true, ordering: .relaxed) else { return [] }
        var batch: [DocumentTextMatch<Entity>] = []
        for match in try store.matches(search, filter, limit, collection) {
            let entity = try DocumentDecoder().decode(Entity.self, from: match.entity)
            batch.append(DocumentTextMatch(entity, score: match.score))
        }
        return batch
    }

    func close() {}
}
