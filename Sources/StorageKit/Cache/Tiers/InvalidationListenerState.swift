/// Hears of invalidations and decides what a local tier has to do about them, as a value.
///
/// ```
///             opened: flush                    beat due: send n, note when
///   closed ───────────────────▶ listening ──┬─ keys, tags ──▶ drop them
///      ▲                            │       ├─ interrupted, cleared ──▶ flush
///      └── lost: distrust, reopen ──┘       └─ own beat n ──▶ trust until sent(n) + bound
/// ```
///
/// **The bound.** A local hit at the time t happens only if a beat, sent after t - bound, came
/// back. The channel keeps order, so everything that was sent before that beat had been heard by
/// then and dropped; what was lost instead was told as an interruption, and everything was dropped.
/// So a local hit is no older than what was acknowledged `bound` before it. For this to hold
///
/// * the moment of a beat is noted *before* it is sent, and
/// * events are carried out one after the other: the trust is given when what came before the beat
///   is gone.
///
/// **Opening.** What was filled while nobody listened goes when the subscription is in force, and
/// with it the registrations of local loads that may have read the shared tier before. At the loss
/// of a subscription it is enough not to believe the local tier until the next one.
///
/// Its own invalidations are skipped: their sender has dropped them locally, before it acknowledged
/// them, and may have filled anew since.
struct InvalidationListenerState<Key: Hashable & Sendable>: Sendable {
    enum Action: Hashable, Sendable {
        case flush
        case drop([Key])
        case dropTags(Set<CacheTag>)
        case trust(until: Duration)
        case distrust
        case send(beat: UInt64)
        case reopen(after: Duration)
    }

    let sender: CacheSender
    let bound: Duration
    private(set) var isListening = false
    private var lastBeat: UInt64 = 0
    private var underWay: [(beat: UInt64, sent: Duration)] = []
    private var pause = ReopeningPause()

    init(sender: CacheSender, bound: Duration) {
        self.sender = sender
        self.bound = bound
    }

    /// The subscription is in force.
    mutating func opened() -> [Action] {
        isListening = true
        return [.flush]
    }

    /// The subscription ended or never came into force.
    mutating func lost() -> [Action] {
        isListening = false
        underWay = []
        return [.distrust, .reopen(after: pause.lost())]
    }

    mutating func beatDue(now: Duration) -> [Action] {
        guard isListening else { return [] }
        // What comes back after that long says nothing any more.
        underWay.removeAll { $0.sent + bound <= now }
        lastBeat += 1
        underWay.append((lastBeat, now))
        return [.send(beat: lastBeat)]
    }

    mutating func heard(_ event: CacheChannelEvent<Key>) -> [Action] {
        guard isListening else { return [] }
        switch event {
        case .interrupted: return [.flush]
        case .message(let message): return heard(message.content, isOwn: message.sender == sender)
        }
    }

    private mutating func heard(
        _ content: CacheMessage<Key>.Content, isOwn: Bool
    ) -> [Action] {
        switch content {
        case .loadsEnded: return []
        case .beat(let number): return isOwn ? cameBack(number) : []
        case _ where isOwn: return []
        case .invalidated(let keys): return [.drop(keys)]
        case .invalidatedTags(let tags): return [.dropTags(tags)]
        case .cleared: return [.flush]
        }
    }

    private mutating func cameBack(_ number: UInt64) -> [Action] {
        guard let sent = underWay.first(where: { $0.beat == number })?.sent else { return [] }
        underWay.removeAll { $0.beat <= number }
        pause.proved()
        return [.trust(until: sent + bound)]
    }
}
