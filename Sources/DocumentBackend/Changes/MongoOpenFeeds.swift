internal import StorageKit
internal import Synchronization

/// A feed that holds a client until it is told to end.
protocol MongoEndableFeed: AnyObject, Sendable {
    /// Gives the client back as soon as it can be.
    func close()
}

/// The feeds of a database that are open, so that closing the database ends them.
final class MongoOpenFeeds: Sendable {
    private struct State {
        var feeds: [ObjectIdentifier: any MongoEndableFeed] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Takes in a feed that was opened.
    func add(_ feed: any MongoEndableFeed) {
        let isLate = state.withLock { state in
            if !state.isClosed { state.feeds[ObjectIdentifier(feed)] = feed }
            return state.isClosed
        }
        if isLate { feed.close() }
    }

    /// Forgets a feed that has ended.
    func remove(_ feed: any MongoEndableFeed) {
        state.withLock { $0.feeds[ObjectIdentifier(feed)] = nil }
    }

    /// Ends all feeds, and those that come later.
    func close() {
        let feeds = state.withLock { state in
            state.isClosed = true
            return state.feeds.values.map(\.self)
        }
        for feed in feeds { feed.close() }
    }
}
