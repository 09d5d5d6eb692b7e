import StorageKit

/// An event as laws compare it: in words, without its position.
struct SeenEvent: Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ event: DocumentEvent<Document>) throws(StorageError) {
        let change =
            switch try event.change {
            case .inserted(let document): "inserted \(document)"
            case .replaced(let document): "replaced \(document)"
            case .updated(let description, let now):
                "updated \(description.updated) without \(description.removed)"
                    + (now.map { " now \($0)" } ?? "")
            case .deleted: "deleted"
            case .dropped: "dropped"
            }
        description = "\(event.id): \(change)"
    }

    static func inserted(_ id: DocumentValue, _ document: Document) -> SeenEvent {
        SeenEvent("\(id): inserted \(document)")
    }

    static func replaced(_ id: DocumentValue, _ document: Document) -> SeenEvent {
        SeenEvent("\(id): replaced \(document)")
    }

    static func updated(
        _ id: DocumentValue, _ updated: Document, without removed: [String] = [],
        now: Document? = nil
    ) -> SeenEvent {
        SeenEvent(
            "\(id): updated \(updated) without \(removed)" + (now.map { " now \($0)" } ?? ""))
    }

    static func deleted(_ id: DocumentValue) -> SeenEvent { SeenEvent("\(id): deleted") }

    private init(_ description: String) { self.description = description }
}

extension DocumentScene where Store: ChangeFeedDocumentStore {
    /// The events of a feed up to the marker, which is written now.
    ///
    /// So that a store which has lost one is found out, and not waited for.
    func eventsTillNow(
        _ feed: DocumentFeed<Document>
    ) async throws -> [DocumentEvent<Document>] {
        try await mark()
        return try await eventsToMarker(feed)
    }

    /// Writes the marker.
    func mark() async throws {
        try await things.updateOne(
            .field(.id, .equal("marker")), [.increment("n", by: 1)], upsert: true)
    }

    /// The events of a feed up to the next marker.
    func eventsToMarker(
        _ feed: DocumentFeed<Document>
    ) async throws -> [DocumentEvent<Document>] {
        var events: [DocumentEvent<Document>] = []
        for try await event in feed {
            if event.id == "marker" { break }
            events.append(event)
        }
        return events
    }
}
