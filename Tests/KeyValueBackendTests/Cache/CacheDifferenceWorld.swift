import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

/// A clock and a source of tokens that a test decides about.
final class CacheFates: Sendable {
    private let state = Mutex<(now: Int64, last: UInt64)>((0, 0))

    /// Far in the future, so that the server's own clock ends nothing.
    init(now: Int64) { state.withLock { $0.now = now } }

    var now: SharedCacheInstant { SharedCacheInstant(milliseconds: state.withLock(\.now)) }
    func advance(_ milliseconds: Int64) { state.withLock { $0.now += milliseconds } }

    /// The token that was given out last.
    var last: SharedCacheToken? { SharedCacheToken(rawValue: state.withLock(\.last)) }

    func token() -> SharedCacheToken {
        while true {
            let number = state.withLock { state in
                state.last += 1
                return state.last
            }
            if let token = SharedCacheToken(rawValue: number) { return token }
        }
    }
}

/// The same calls on the scripts of a server and on ``StorageKit/SharedCacheRecord``.
struct CacheDifferenceWorld {
    static let keys: [ByteString] = ["a", "b", "c"]
    static let tags: [CacheTag] = [CacheTag("red"), CacheTag("rot"), CacheTag("日本")]

    let world: RedisWorld
    let storage: RedisCacheStorage
    let fates: CacheFates
    var random: SeededGenerator

    // What ought to be on the server.
    var records: [ByteString: SharedCacheRecord] = [:]
    var epoch: SharedCacheEpoch?
    var tagged: (generation: SharedCacheToken, last: [CacheTag: UInt64])?

    /// The names of loads and barriers that may still mean something.
    var tokens: [SharedCacheToken] = []

    init(_ world: RedisWorld, seed: UInt64) {
        let fates = CacheFates(now: 4_000_000_000_000)
        self.world = world
        self.fates = fates
        random = SeededGenerator(seed: seed)
        storage = RedisCacheStorage(
            world.store, namespace: "difference", maximumTags: 2,
            makeToken: { fates.token() }, now: { fates.now })
    }
}

// MARK: Chance

extension CacheDifferenceWorld {
    mutating func some<T>(_ values: [T]) -> T {
        values[Int.random(in: values.indices, using: &random)]
    }

    mutating func someKeys() -> [ByteString] {
        Array(Self.keys.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    }

    mutating func newToken() -> SharedCacheToken {
        let token = SharedCacheToken(using: &random)
        tokens.append(token)
        return token
    }

    mutating func someToken() -> SharedCacheToken {
        tokens.isEmpty ? newToken() : some(Array(tokens.suffix(4)))
    }

    mutating func newClaims() -> [SharedCacheClaim] {
        someKeys().map { SharedCacheClaim(key: $0, token: newToken()) }
    }

    mutating func someVersion() -> CacheVersion {
        CacheVersion(some([.min + 1, -1, 0, 1, 2, 10_000_000_000, .max]))
    }

    mutating func someDeposit() -> SharedCacheDeposit? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        let tags = Set(Self.tags.filter { _ in Bool.random(using: &random) })
        let content = SharedCacheContent(
            payload: some(["", "v", [0, 255, 10]]),
            version: Bool.random(using: &random) ? someVersion() : nil, tags: tags)
        return SharedCacheDeposit(
            content, timeToLive: some([nil, .milliseconds(40), .seconds(9), .zero]),
            freshFor: some([nil, .milliseconds(20), .milliseconds(-5)]))
    }

    mutating func someEndings() -> [SharedCacheEnding] {
        someKeys().map {
            SharedCacheEnding(
                SharedCacheClaim(key: $0, token: someToken()), deposit: someDeposit())
        }
    }
}

// MARK: What ought to be

extension CacheDifferenceWorld {
    mutating func begin() {
        guard let token = fates.last else { return }
        epoch = SharedCacheEpoch(generation: token)
    }

    /// The moment of a step; begins a generation where a script does.
    mutating func moment(for record: SharedCacheRecord?, tags: Bool) -> SharedCacheMoment {
        if epoch == nil { begin() }
        let current = epoch ?? SharedCacheEpoch(generation: someToken())
        var moment = SharedCacheMoment(now: fates.now, epoch: current, clearedTags: nil)
        guard tags else { return moment }
        let look = SharedCacheRecord.lookUp(record, leasing: nil, at: moment).answer
        guard case .unsure = look else { return moment }
        if let tagged, tagged.generation == current.generation {
            moment.clearedTags = tagged.last
        } else {
            begin()
            if let epoch { moment.epoch = epoch }
        }
        return moment
    }

    mutating func step<Answer>(
        _ key: ByteString, tags: Bool = false,
        _ body: (SharedCacheRecord?, SharedCacheMoment) -> SharedCacheStep<Answer>
    ) -> Answer {
        let record = records[key]
        let step = body(record, moment(for: record, tags: tags))
        records[key] = step.record
        return step.answer
    }

    /// What is stored, by the server and by the model, where it has not ended.
    mutating func compare(_ call: String) async throws {
        for key in Self.keys {
            let held = try? await world.store.get(storage.names.record(of: key))
            let theirs = held.flatMap { SharedCacheRecord(bytes: $0) }.flatMap(living)
            let ours = records[key].flatMap(living)
            #expect(theirs == ours, "\(key) after \(call)")
            if let theirs, let held { #expect(theirs.bytes == held, "\(key) after \(call)") }
        }
        let held = try? await world.store.get(storage.names.generation)
        #expect(held.flatMap { SharedCacheEpoch(bytes: $0) } == epoch, "after \(call)")
    }

    private func living(_ record: SharedCacheRecord) -> SharedCacheRecord? {
        fates.now < record.end ? record : nil
    }
}
