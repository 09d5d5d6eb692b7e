extension CacheStatistics: CustomStringConvertible {
    /// Everything that has happened, a line for each topic; what has not happened is left out.
    public var description: String {
        let lines = [
            line("looked up", lookups), line("loaded", loading), line("filled", filling),
            line("removed", removing), line("failed", failing),
        ]
        let said = lines.compactMap { $0 }
        return said.isEmpty ? "nothing has happened" : said.joined(separator: "\n")
    }

    private var lookups: [(String, Int)] {
        [
            ("hits", hits), ("misses", misses), ("joined", joined), ("negative", negativeHits),
            ("stale", staleHits), ("rescued by stale", staleRescues), ("bypasses", bypasses),
        ]
    }

    private var loading: [(String, Int)] {
        [
            ("loads", loads), ("failed", loadFailures), ("refreshes", refreshes),
            ("failed refreshes", refreshFailures), ("not modified", notModified),
            ("soft timeouts", softTimeouts), ("hard timeouts", hardTimeouts),
            ("waits for others", waits), ("in vain", waitsInVain),
        ]
    }

    private var filling: [(String, Int)] {
        [
            ("published", published), ("rejected", rejectedFills),
            ("unstorable", unstorableEntries), ("unreadable", unreadableEntries),
        ]
    }

    private var removing: [(String, Int)] {
        [("evicted", evictions), ("expired", expirations), ("invalidated", invalidations)]
    }

    private var failing: [(String, Int)] {
        [
            ("cache errors", cacheErrors), ("invalidations", failedInvalidations),
            ("doubts", doubts), ("refused strict writes", strictRefusals),
        ]
    }

    private func line(_ topic: String, _ counts: [(String, Int)]) -> String? {
        let happened = counts.filter { $0.1 != 0 }
        guard !happened.isEmpty else { return nil }
        return topic + ": " + happened.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}
