import StorageKit

/// The best result of each player, in order: a sorted set.
struct Leaderboard<Store: SortedSetStore>: Sendable {
    let store: Store

    private let key: ByteString = "leaderboard"

    init(in store: Store) { self.store = store }

    /// Enters results; a worse one than a player has is left out.
    func enter(_ results: [String: Int]) async throws(StorageError) {
        let scores = results.map { (ByteString($0.key), Double($0.value)) }
        try await store.sortedSetAdd(
            key, Dictionary(uniqueKeysWithValues: scores), if: .ifHigher)
    }

    /// The best players and their results, the best first.
    func best(_ count: Int) async throws(StorageError) -> [(player: String, score: Int)] {
        try await store.sortedSetRange(key, ranks: 0..<count, order: .descending).map {
            (player: $0.member.string ?? "\($0.member)", score: Int($0.score))
        }
    }

    /// A player's place, 1 for the best, `nil` for who has not played.
    func place(of player: String) async throws(StorageError) -> Int? {
        try await store.sortedSetRank(key, of: ByteString(player), order: .descending)
            .map { $0 + 1 }
    }
}
