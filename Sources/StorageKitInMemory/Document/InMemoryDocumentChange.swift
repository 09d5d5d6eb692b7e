internal import StorageKit

/// A change of one document, with what was there before.
enum InMemoryDocumentChange: Sendable {
    case inserted(Document)
    /// A document that was given as a whole is in the place of another one.
    case replaced(Document, with: Document)
    case updated(Document, to: Document)
    case removed(Document)

    /// The identifier, which no change changes.
    var id: DocumentValue {
        switch self {
        case .inserted(let document), .removed(let document), .replaced(let document, _),
            .updated(let document, _):
            document["_id"] ?? .null
        }
    }
}
