/// A place in the feed of a collection: behind an event.
///
/// It can be kept, as ``text`` or by `Codable`, and a feed that is opened with it goes on behind
/// that event. It belongs to the collection and the kind of store that it came from and says
/// nothing to anybody else.
public struct DocumentFeedPosition: Hashable, Sendable {
    /// What it belongs to.
    let order: UInt64
    let values: [DocumentValue]

    /// Creates a position.
    ///
    /// - Parameters:
    ///   - token: What the store knows it by.
    ///   - collection: Whose position it is.
    ///   - kind: The kind of store, for example `mongodb`.
    public init(_ token: DocumentValue, of collection: String, kind: String) {
        order = Self.owner(collection, kind)
        values = [token]
    }

    /// What the store knows it by.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` when it is of another collection or of
    ///   another kind of store.
    public func token(
        of collection: String, kind: String
    ) throws(StorageError) -> DocumentValue {
        guard order == Self.owner(collection, kind), let token = values.first else {
            throw StorageError(
                code: .invalidArgument,
                message: "the position is of another collection or store; open the feed without "
                    + "one")
        }
        return token
    }

    private static func owner(_ collection: String, _ kind: String) -> UInt64 {
        var hash = FNVHash()
        hash.add(text: kind)
        hash.add(text: collection)
        return hash.value
    }
}
