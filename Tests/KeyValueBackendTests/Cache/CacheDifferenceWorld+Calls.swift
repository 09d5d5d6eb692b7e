import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

extension CacheDifferenceWorld {
    /// One call by chance, on both sides; returns what it was.
    mutating func call() async throws -> String {
        switch Int.random(in: 0..<15, using: &random) {
        case 0: return try await lookUp()
        case 1, 2: return try await lookUpLeasing()
        case 3, 4: return try await beginLoads()
        case 5, 6, 7: return try await endLoads()
        case 8: return try await invalidate()
        case 9: return try await beginWrites()
        case 10: return try await endWrites()
        case 11: return try await recordWrites()
        case 12: return try await invalidateTags()
        case 13: return try await foreign()
        default:
            fates.advance(some([1, 10, 30, 100]))
            return "time"
        }
    }

    private mutating func lookUp() async throws -> String {
        // What has ended is not there: the server's clock is another here.
        for key in Self.keys {
            guard let record = records[key], record.end <= fates.now else { continue }
            try await world.store.delete(storage.names.record(of: key))
            records[key] = nil
        }
        let keys = someKeys()
        let theirs = try await storage.lookUp(keys)
        guard epoch != nil else {
            #expect(theirs == keys.map { _ in .nothing(nil) })
            return "lookUp"
        }
        for (key, finding) in zip(keys, theirs) {
            let ours = step(key, tags: true) { SharedCacheRecord.lookUp($0, leasing: nil, at: $1) }
            if case .entry = ours { #expect(finding == ours, "\(key)") }
            if case .entry = finding { #expect(finding == ours, "\(key)") }
        }
        // Only what depends on tags is confirmed by the server.
        return "lookUp"
    }

    private mutating func lookUpLeasing() async throws -> String {
        let claims = newClaims()
        let theirs = try await storage.lookUp(leasing: claims, lasting: .milliseconds(50))
        for (claim, finding) in zip(claims, theirs) {
            let load = load(claim, 50)
            let ours = step(claim.key, tags: true) {
                SharedCacheRecord.lookUp($0, leasing: load, at: $1)
            }
            #expect(finding == ours, "lookUpLeasing \(claim.key)")
        }
        return "lookUpLeasing"
    }

    private mutating func beginLoads() async throws -> String {
        let claims = newClaims()
        let demanded: Duration? = some([nil, .zero, .milliseconds(10), .microseconds(-500)])
        let theirs = try await storage.beginLoads(
            claims, lasting: .milliseconds(50), unlessFreshFor: demanded)
        for (claim, finding) in zip(claims, theirs) {
            let load = load(claim, 50)
            let ours = step(claim.key, tags: true) {
                SharedCacheRecord.beginLoad($0, load, unlessFreshFor: demanded, at: $1)
            }
            #expect(finding == ours, "beginLoads \(claim.key)")
        }
        return "beginLoads"
    }

    private mutating func endLoads() async throws -> String {
        let endings = someEndings()
        let theirs = try await storage.endLoads(endings)
        for (ending, answer) in zip(endings, theirs) {
            let ours = step(ending.claim.key) { record, moment in
                guard let deposit = ending.deposit else {
                    return SharedCacheRecord.abandon(record, ending.claim.token, at: moment)
                }
                return SharedCacheRecord.publish(record, ending.claim.token, deposit, at: moment)
            }
            #expect(answer == ours, "endLoads \(ending.claim.key)")
        }
        return "endLoads"
    }

    private mutating func invalidate() async throws -> String {
        let keys = someKeys()
        try await storage.invalidate(keys)
        let moment = SharedCacheMoment(
            now: fates.now, epoch: SharedCacheEpoch(generation: someToken()), clearedTags: nil)
        for key in keys {
            records[key] = SharedCacheRecord.invalidate(records[key], at: moment).record
        }
        return "invalidate"
    }

    private mutating func beginWrites() async throws -> String {
        let claims = newClaims()
        try await storage.beginWrites(claims, lasting: .milliseconds(60))
        for claim in claims {
            let load = load(claim, 60)
            step(claim.key) { SharedCacheRecord.beginWrite($0, load, at: $1) }
        }
        return "beginWrites"
    }

    private mutating func endWrites() async throws -> String {
        let endings = someEndings()
        try await storage.endWrites(endings)
        for ending in endings {
            step(ending.claim.key) {
                SharedCacheRecord.endWrite($0, ending.claim.token, ending.deposit, at: $1)
            }
        }
        return "endWrites"
    }

    private mutating func recordWrites() async throws -> String {
        let commits = someKeys().map {
            SharedCacheCommit(key: $0, version: someVersion(), deposit: someDeposit())
        }
        let duration: Duration = some([.zero, .milliseconds(70)])
        try await storage.recordWrites(commits, refusingOlderFor: duration)
        for commit in commits {
            step(commit.key, tags: true) {
                SharedCacheRecord.recordWrite(
                    $0, commit.version, commit.deposit, refusingOlderFor: duration, at: $1)
            }
        }
        return "recordWrites"
    }

    private mutating func invalidateTags() async throws -> String {
        guard Int.random(in: 0..<6, using: &random) > 0 else {
            try await storage.removeAll()
            begin()
            return "removeAll"
        }
        let tags = [some(Self.tags)]
        try await storage.invalidate(tags: tags)
        if epoch == nil { begin() }
        noteModel(tags)
        return "invalidateTags"
    }

    private mutating func noteModel(_ tags: [CacheTag]) {
        guard let current = epoch else { return }
        if tagged?.generation != current.generation {
            guard current.clearings == 0 else { return clearModel() }
            tagged = (current.generation, [:])
        }
        for tag in tags { tagged?.last[tag] = current.clearings + 1 }
        guard let count = tagged?.last.count, count <= storage.maximumTags else {
            return clearModel()
        }
        epoch = SharedCacheEpoch(
            generation: current.generation, clearings: current.clearings + 1)
    }

    private mutating func clearModel() {
        begin()
        tagged = nil
    }

    private func load(_ claim: SharedCacheClaim, _ milliseconds: Int64) -> SharedCacheRecord.Load {
        .init(token: claim.token, end: fates.now.after(.milliseconds(milliseconds)))
    }

    /// What somebody else does, or the server by itself.
    private mutating func foreign() async throws -> String {
        let (store, names) = (world.store, storage.names)
        let key = some(Self.keys)
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            try await store.delete(names.generation)
            epoch = nil
        case 1:
            try await store.set(names.generation, to: "G1 not ours")
            epoch = nil
        case 2:
            try await store.delete(names.tags)
            tagged = nil
        case 3:
            try await store.delete(names.tags)
            try await store.set(names.tags, to: "not ours")
            tagged = nil
        case 4:
            try await store.delete(names.record(of: key))
            try await store.listPush(names.record(of: key), ["not ours"])
            records[key] = nil
        case 5:
            try await store.delete(names.record(of: key))
            records[key] = nil
        default: try await damage(key)
        }
        return "foreign"
    }

    /// Writes a record with one byte changed, cut out or added.
    private mutating func damage(_ key: ByteString) async throws {
        guard var bytes = records[key]?.bytes.bytes else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8(ascii: "0"), at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
        default: bytes[place] = some([0x30, 0x31, 0x39, 0x41, 0x61])
        }
        try await world.store.set(storage.names.record(of: key), to: ByteString(bytes))
        records[key] = SharedCacheRecord(bytes: ByteString(bytes))
    }
}
