/// Some documents in an order, and where they ended.
public struct DocumentPage<Entity: Sendable>: Sendable {
    /// The documents.
    public let entities: [Entity]
    /// Where the next page begins, or `nil` when these were the last documents.
    public let next: DocumentPageCursor?
}

extension DocumentPage: Equatable where Entity: Equatable {}
