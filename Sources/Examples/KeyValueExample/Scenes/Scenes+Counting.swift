import ExampleSupport
import StorageKit

extension Scenes {
    /// A hundred tasks count at once, and none is lost.
    func counters() async throws {
        terminal.title("Atomic counters")
        let first = try await store.increment("page_views")
        terminal.call(#"increment("page_views")"#, "\(first)")

        let store = store
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<100 { group.addTask { try await store.increment("page_views") } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        let views = try await store.get("page_views")
        try check(views == "101", "101 increments were counted as \(words(views))")
        try check(answers.count == 100, "two tasks were given the same number")
        terminal.call("100 tasks do so at once", "100 different answers")
        terminal.call(#"get("page_views")"#, words(views))
    }

    /// Ten requests are admitted, the next are refused until the window is over.
    func rateLimit() async throws {
        terminal.title(
            "A rate limiter: 10 requests a minute",
            "setIfAbsent with an expiry, increment and timeToLive in one atomic batch")
        let limiter = RateLimiter(store: store, limit: 10, window: .seconds(60))
        for remaining in (0..<10).reversed() {
            let verdict = try await limiter.judge("ana")
            try check(verdict == .admitted(remaining: remaining), "a request is \(verdict)")
        }
        terminal.call(#"judge("ana"), 10 times"#, "admitted")
        try await expectRefusal(by: limiter)
        guard let passTime else { return }
        passTime(.seconds(60))
        let verdict = try await limiter.judge("ana")
        try check(
            verdict == .admitted(remaining: 9), "the window is over, and a request \(verdict)")
        terminal.call(#"60 s later: judge("ana")"#, "admitted, 9 remaining")
    }

    private func expectRefusal(by limiter: RateLimiter<Store>) async throws {
        let verdict = try await limiter.judge("ana")
        guard case .refused(let time) = verdict, time <= limiter.window else {
            throw Unexpected(what: "the 11th request is \(verdict)")
        }
        terminal.call(#"judge("ana"), the 11th"#, "refused, retry after \(words(time))")
        let other = try await limiter.judge("ben")
        try check(other == .admitted(remaining: 9), "one client's requests count for another")
        terminal.call(#"judge("ben")"#, "admitted, 9 remaining")
    }

    /// The best players and how far apart they are.
    func leaderboard() async throws {
        terminal.title(
            "A leaderboard", "a sorted set: sortedSetAdd(if: .ifHigher), sortedSetRange, …Rank")
        let board = Leaderboard(in: store)
        try await board.enter(["ana": 2_310, "ben": 1_870, "chloé": 2_045, "dmitri": 940])
        terminal.call("enter 4 results", "done")
        try await board.enter(["dmitri": 2_150, "ben": 1_200])
        terminal.call("enter dmitri 2,150 and ben 1,200", "ben's own 1,870 is better, and stays")
        let best = try await board.best(3)
        try check(
            best.map(\.player) == ["ana", "dmitri", "chloé"], "the best are not in their order")
        let place = try await board.place(of: "ben")
        try check(place == 4, "ben should be the fourth")
        terminal.call(#"place(of: "ben")"#, "\(place ?? 0)")
        terminal.chart(try await board.best(10).map { (name: $0.player, value: $0.score) })
    }
}
