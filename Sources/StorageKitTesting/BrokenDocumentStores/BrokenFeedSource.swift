import StorageKit
import Synchronization

/// The events of a feed, one by one, with a defect.
final class BrokenFeedSource<Entity: Sendable>: ResultSource {
    private let sound: DocumentFeed<Entity>
    private let defect: DocumentFeedDefect
    /// Which of the store's feeds it is.
    private let number: Int
    private let isResumed: Bool
    private let events = Atomic<Int>(0)

    init(
        _ sound: DocumentFeed<Entity>, _ defect: DocumentFeedDefect, number: Int, isResumed: Bool
    ) {
        self.sound = sound
        self.defect = defect
        self.number = number
        self.isResumed = isResumed
    }

    func nextBatch() async throws(StorageError) -> [DocumentEvent<Entity>] {
        var iterator = sound.makeAsyncIterator()
        do throws(StorageError) {
            while let event = try await iterator.next() {
                let place = events.wrappingAdd(1, ordering: .relaxed).newValue
                // Laws wait for it.
                if event.id == "marker" { return [event] }
                if let shown = try shown(event, at: place) { return [shown] }
            }
            return []
        } catch {
            switch (defect, error.code) {
            case (.concealsCancellation, .cancelled), (.concealsClosing, .invalidState): return []
            default: throw error
            }
        }
    }

    func close() {}

    /// What is shown of an event; `nil` when it is lost.
    private func shown(
        _ event: DocumentEvent<Entity>, at place: Int
    ) throws(StorageError) -> DocumentEvent<Entity>? {
        switch defect {
        case .losesFirst where place == 1, .losesFirstBehindPosition where place == 1 && isResumed,
            .losesTwentieth where place == 20, .losesBeyondBatch where place == 101,
            .sharesEvents where number > 2 && place % 2 == 0:
            return nil
        case .endsAtUndecodable: _ = try event.change
        default: break
        }
        guard let change = try? event.change else { return event }
        switch (defect, change) {
        case (.takesReplacedForInserted, .replaced(let entity)):
            return event.with(.inserted(entity))
        case (.concealsRemoved, .updated(let description, let now)):
            return event.with(
                .updated(DocumentUpdateDescription(updated: description.updated), now: now))
        case (.concealsDeletedIDs, .deleted):
            return DocumentEvent(position: event.position, id: .null, change: .success(.deleted))
        case (.endsSilently, .dropped): return nil
        default: return event
        }
    }
}

extension DocumentEvent {
    fileprivate func with(_ change: Change) -> DocumentEvent {
        DocumentEvent(position: position, id: id, change: .success(change))
    }
}
