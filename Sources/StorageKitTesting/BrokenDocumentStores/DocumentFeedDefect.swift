/// What a document store does wrong with feeds, and the law that is meant to catch it.
public enum DocumentFeedDefect: String, ConformanceDefect, CaseIterable, Hashable, Sendable {
    /// A replacement is told as an insert.
    case takesReplacedForInserted
    /// The first event of a feed is lost.
    case losesFirst
    /// The first event behind a position is lost.
    case losesFirstBehindPosition
    /// With several feeds open, the last one has every other event.
    case sharesEvents
    /// What an update removed is not told.
    case concealsRemoved
    /// The document comes with no update.
    case concealsDocuments
    /// An update that changes nothing is an event.
    case tellsEveryUpdate
    /// The identifier of a removed document is not told.
    case concealsDeletedIDs
    /// The event of the drop is left out.
    case endsSilently
    /// A document that cannot be decoded ends the feed.
    case endsAtUndecodable
    /// A position of another collection is taken for now.
    case takesAnyPosition
    /// The twentieth event is lost.
    case losesTwentieth
    /// A cancelled reader is told that this is the end.
    case concealsCancellation
    /// The hundred-and-first event is lost.
    case losesBeyondBatch
    /// No feed is given back.
    case keepsFeeds
    /// Closing the store is told as an end like any other.
    case concealsClosing

    /// The defect's name.
    public var name: String { rawValue }

    /// The case that is meant to notice.
    public var caughtBy: String {
        let expectation =
            switch self {
            case .takesReplacedForInserted: "order"
            case .losesFirst: "from-opening"
            case .losesFirstBehindPosition: "resume"
            case .sharesEvents: "readers"
            case .concealsRemoved: "updates"
            case .concealsDocuments: "documents"
            case .tellsEveryUpdate: "silent"
            case .concealsDeletedIDs: "deleted"
            case .endsSilently: "dropped"
            case .endsAtUndecodable: "undecodable"
            case .takesAnyPosition: "positions"
            case .losesTwentieth: "waits"
            case .concealsCancellation: "cancelled"
            case .losesBeyondBatch: "many"
            case .keepsFeeds: "left"
            case .concealsClosing: "closed"
            }
        return "document.feed.\(expectation)"
    }
}
