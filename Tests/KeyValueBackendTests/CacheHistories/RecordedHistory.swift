import StorageKitTesting

/// What the processes of a history have written, put together.
struct RecordedHistory {
    typealias Event = CacheStaleness.Event

    private(set) var events: [Event] = []
    /// What failed, and what nobody expected them to say.
    private(set) var otherLines: [String] = []

    init(_ outputs: [String]) {
        for output in outputs {
            // A last line without its end was cut short.
            for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                if let event = Event(line: line) {
                    events.append(event)
                } else {
                    otherLines.append(String(line))
                }
            }
        }
    }

    func count(_ kind: CacheCall.Kind, told: Bool = true) -> Int {
        events.count { $0.operation.kind == kind && $0.answer.isAcknowledged == told }
    }

    /// How many reads that began after a moment the cache has served.
    func hits(after moment: Int = 0) -> Int {
        events.count { $0.answer.isHit && $0.begin > moment }
    }

    /// A line for whoever runs it by hand.
    var summary: String {
        "\(count(.read)) reads, \(hits()) of them hits; \(count(.write)) writes and "
            + "\(count(.write, told: false)) that the cache was not told of; "
            + "\(count(.invalidate)) invalidations and \(count(.invalidate, told: false)) that "
            + "failed; \(otherLines.count) calls that failed"
    }
}
