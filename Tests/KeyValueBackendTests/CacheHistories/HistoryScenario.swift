import StorageKitTesting
import Testing

/// How the processes of a history use the cache, what is broken meanwhile, and what is promised
/// all the same.
struct HistoryScenario: Sendable, CustomTestStringConvertible {
    /// The workers' mode.
    var mode: String
    var faults = HistoryFault.allCases
    var promise = CacheStaleness.Promise.acknowledgedInvalidations
    /// How much later other processes are obliged, in nanoseconds.
    var lag = 0
    var isOnPostgres = false

    var testDescription: String {
        "\(mode) on \(isOnPostgres ? "PostgreSQL" : "SQLite"), \(promise.rawValue)"
    }

    /// A strict write is refused when the cache cannot be told before it; nothing else fails for
    /// want of a cache.
    func mayFail(_ line: String) -> Bool {
        mode == "strict" && line.hasPrefix("failed write")
    }

    /// Promises that are not kept: because a rule is turned off, or because they were not made.
    static let broken = [
        // Cache-aside, as most programs have it.
        HistoryScenario(mode: "naive"),
        // The fill is no compare-and-set.
        HistoryScenario(mode: "ticketless"),
        // Other processes' local tiers hear of an invalidation a little later.
        HistoryScenario(mode: "tiers"),
    ]

    /// Promises that are kept.
    static let all = [
        HistoryScenario(mode: "leases"),
        HistoryScenario(mode: "leases", isOnPostgres: true),
        HistoryScenario(mode: "leasesOnRead"),
        HistoryScenario(mode: "leasesUnlinked"),
        HistoryScenario(mode: "keyValue"),
        // A server that loses its data loses the barriers of the writes that are under way.
        HistoryScenario(
            mode: "strict", faults: HistoryFault.withoutLoss, promise: .everythingSeen),
        HistoryScenario(mode: "strict"),
        HistoryScenario(mode: "tiers", lag: 200_000_000),
    ]
}
