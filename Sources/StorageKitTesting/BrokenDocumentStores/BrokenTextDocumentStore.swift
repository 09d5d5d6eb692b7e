public import StorageKit
import Synchronization

/// A store of text searches with a defect, over a sound one.
public final class BrokenTextDocumentStore<Base: TextSearchingDocumentStore>: DocumentWrapper,
    TextSearchingDocumentStore
{
    /// The sound one.
    public let base: Base
    private let defect: DocumentTextDefect

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentTextDefect) {
        self.base = base
        self.defect = defect
    }

    /// The documents that have the words, with the defect.
    public func search<Entity: Decodable & Sendable>(
        _ search: DocumentTextSearch, where filter: DocumentFilter, limit: Int,
        in collection: String, as type: Entity.Type
    ) -> ResultSequence<DocumentTextMatch<Entity>> {
        var search = search
        switch defect {
        case .wantsEveryWord:
            search.phrases += search.words.flatMap { $0.split(separator: " ").map(String.init) }
        case .takesPhrasesForWords:
            search.words += search.phrases
            search.phrases = []
        case .ignoresExclusions: (search.excludedWords, search.excludedPhrases) = ([], [])
        default: break
        }
        let filter = defect == .ignoresTextFilter ? .field("on", .equal(true)) : filter
        let results = base.search(
            search, where: filter, limit: limit, in: collection, as: type)
        return ResultSequence { [defect] in BrokenTextSource(results, defect) }
    }

    /// As the sound one.
    public func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        try await base.indexes(of: collection)
    }

    /// As the sound one.
    public func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) { try await base.createIndexes(indexes, on: collection) }

    /// As the sound one.
    public func dropIndex(
        named name: String, on collection: String
    ) async throws(StorageError) { try await base.dropIndex(named: name, on: collection) }
}

/// The documents of a search with a defect, all of them in one batch.
private final class BrokenTextSource<Entity: Sendable>: ResultSource {
    private let sound: ResultSequence<DocumentTextMatch<Entity>>
    private let defect: DocumentTextDefect
    private let isOver = Atomic<Bool>(false)

    init(_ sound: ResultSequence<DocumentTextMatch<Entity>>, _ defect: DocumentTextDefect) {
        self.sound = sound
        self.defect = defect
    }

    func nextBatch() async throws(StorageError) -> [DocumentTextMatch<Entity>] {
        if isOver.exchange(true, ordering: .relaxed) { return [] }
        var found: [DocumentTextMatch<Entity>] = []
        do throws(StorageError) {
            var iterator = sound.makeAsyncIterator()
            while let match = try await iterator.next() { found.append(match) }
        } catch {
            let isConcealed =
                defect == .findsNothingWithoutIndex && error.code == .missingIndex
                || defect == .findsNothingForNoWord && error.code == .invalidArgument
            guard isConcealed else { throw error }
        }
        return defect == .ignoresScores ? found.sorted { $0.score < $1.score } : found
    }

    func close() {}
}
