/// A history of several processes is put together from what each has written, a line for a call:
///
/// ```
/// read 3 1 81200441 81200987 17 told hit
/// ```
///
/// These are the kind, the key, the process, the begin, the end and the version, then whether the
/// cache was told (`told`, `doubt`) and whether it served the read (`hit`, `miss`).
extension HistoryEvent where Operation == CacheCall, Answer == CacheOutcome {
    /// The event as one line of text, without its end.
    public var line: String {
        let numbers = [operation.key, operation.process, begin, end, answer.version]
        let words =
            [operation.kind.rawValue] + numbers.map(String.init)
            + [answer.isAcknowledged ? "told" : "doubt", answer.isHit ? "hit" : "miss"]
        return words.joined(separator: " ")
    }

    /// The event that a line tells of; `nil` for any other text, such as a line that was cut short.
    public init?(line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 8, let kind = CacheCall.Kind(rawValue: String(words[0])) else {
            return nil
        }
        let numbers = words[1...5].compactMap { Int($0) }
        let flags = (told: words[6], hit: words[7])
        guard numbers.count == 5, ["told", "doubt"].contains(flags.told),
            ["hit", "miss"].contains(flags.hit)
        else { return nil }
        self.init(
            operation: CacheCall(kind, key: numbers[0], process: numbers[1]),
            answer: CacheOutcome(
                version: numbers[4], isAcknowledged: flags.told == "told",
                isHit: flags.hit == "hit"),
            begin: numbers[2], end: numbers[3])
    }
}
