public import StorageKit
import Synchronization

/// A document store whose feeds have a defect, over a sound one.
public final class BrokenFeedDocumentStore<Base: ChangeFeedDocumentStore>: DocumentWrapper,
    ChangeFeedDocumentStore
{
    /// The sound one.
    public let base: Base
    private let defect: DocumentFeedDefect
    private let opened = Atomic<Int>(0)

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentFeedDefect) {
        self.base = base
        self.defect = defect
    }

    /// Opens a feed, with the defect.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        let number = opened.wrappingAdd(1, ordering: .relaxed).newValue
        if defect == .keepsFeeds, number > 30 {
            throw StorageError(code: .resourceExhausted, message: "broken")
        }
        let withDocuments = withDocuments && defect != .concealsDocuments
        let sound: DocumentFeed<Entity>
        do throws(StorageError) {
            sound = try await base.changes(
                of: collection, after: position, withDocuments: withDocuments, as: type)
        } catch {
            guard defect == .takesAnyPosition, error.code == .invalidArgument else { throw error }
            sound = try await base.changes(
                of: collection, after: nil, withDocuments: withDocuments, as: type)
        }
        return DocumentFeed(
            from: sound.beginning,
            BrokenFeedSource(sound, defect, number: number, isResumed: position != nil))
    }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        let result = try await base.write(writes, to: collection, isOrdered: isOrdered)
        if defect == .tellsEveryUpdate, result.matched > result.modified {
            _ = try await base.write(
                [DocumentWrite<Document>.updateMany(.all, [.set("broken", true)])],
                to: collection, isOrdered: true)
        }
        return result
    }
}

extension BrokenFeedDocumentStore {}
