public import StorageKit

extension RedisCacheStorage {
    /// What is under the keys, each at the position of its key.
    ///
    /// No clock is asked: what has ended is not there any more. But for a lease or a barrier that
    /// is over and has a floor that lasts longer: those are found as a load or a writer at work
    /// until somebody begins a load. Nothing rests on the difference: neither is a hit, beginning a
    /// load looks at the server's clock, and who waits for such a load without having been refused
    /// by it before waits for one lease time at the most.
    public func lookUp(
        _ keys: [ByteString]
    ) async throws(StorageError) -> [SharedCacheFinding] {
        guard !keys.isEmpty else { return [] }
        let values = try await send(records(of: keys), operation: "lookUp").elements(keys.count + 1)
        guard case .string(let held) = values[0], let epoch = SharedCacheEpoch(bytes: held) else {
            return keys.map { _ in .nothing(nil) }
        }
        let moment = SharedCacheMoment(
            now: SharedCacheInstant(milliseconds: 0), epoch: epoch, clearedTags: nil)
        let findings = values.dropFirst().map { value in
            SharedCacheRecord.lookUp(value.record, leasing: nil, at: moment).answer
        }
        let unsure = findings.indices.filter {
            if case .unsure = findings[$0] { true } else { false }
        }
        return unsure.isEmpty ? findings : try await sure(findings, keys, unsure)
    }

    /// The command that reads the generation and the records.
    private func records(of keys: [ByteString]) -> RedisCommand {
        var words: [ByteString] = []
        words.reserveCapacity(keys.count + 2)
        words.append(RedisWord.mget)
        words.append(names.generation)
        for key in keys { words.append(names.record(of: key)) }
        return RedisCommand(words, effect: .reads)
    }

    /// The findings, with a second look at those that depend on tags.
    private func sure(
        _ findings: [SharedCacheFinding], _ keys: [ByteString], _ unsure: [Int]
    ) async throws(StorageError) -> [SharedCacheFinding] {
        let reply = try await run(
            CacheScripts.lookUp, on: unsure.map { keys[$0] }, telling: nil)
        var findings = findings
        for (index, finding) in zip(unsure, try reply.findings(unsure.count)) {
            findings[index] = finding
        }
        return findings
    }

    /// What is under the keys; a load is registered where there is nothing.
    public func lookUp(
        leasing claims: [SharedCacheClaim], lasting leaseTime: Duration
    ) async throws(StorageError) -> [SharedCacheFinding] {
        guard !claims.isEmpty else { return [] }
        let reply = try await run(
            CacheScripts.lookUpLeasing, on: claims.map { $0.key }, telling: nil,
            lasting: leaseTime, parts: claims.map { ByteString($0.token.text) })
        return try reply.findings(claims.count)
    }

    /// Registers loads.
    public func beginLoads(
        _ claims: [SharedCacheClaim], lasting leaseTime: Duration,
        unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [SharedCacheFinding] {
        guard !claims.isEmpty else { return [] }
        let reply = try await run(
            CacheScripts.beginLoads, on: claims.map { $0.key }, telling: nil, lasting: leaseTime,
            common: demanded.map { RedisNumber.text($0.flooredMilliseconds) } ?? "",
            parts: claims.map { ByteString($0.token.text) })
        return try reply.findings(claims.count)
    }

    /// Stores what loads found, or ends them.
    public func endLoads(
        _ endings: [SharedCacheEnding]
    ) async throws(StorageError) -> [Bool] {
        guard !endings.isEmpty else { return [] }
        let keys = endings.map { $0.claim.key }
        let reply = try await run(
            CacheScripts.endLoads, on: keys, telling: .loadsEnded(keys),
            parts: endings.flatMap { $0.parts })
        return try reply.elements(endings.count).map { $0 == .integer(1) }
    }
}

extension RedisReply {
    /// The record in a reply; `nil` for what is none.
    fileprivate var record: SharedCacheRecord? {
        guard case .string(let bytes) = self else { return nil }
        return SharedCacheRecord(bytes: bytes)
    }

    /// The replies in a row, as many as there must be.
    func elements(_ count: Int) throws(StorageError) -> [RedisReply] {
        guard case .array(let replies) = self, replies.count == count else {
            throw StorageError(
                code: .corrupted, message: "the server did not answer as a cache's script does",
                operation: "run", mayHaveBeenApplied: true)
        }
        return replies
    }

    fileprivate func findings(_ count: Int) throws(StorageError) -> [SharedCacheFinding] {
        try elements(count).map { reply in
            switch reply {
            case .integer(1): .leased
            case .integer(2): .nothing(.loading)
            case .integer(3): .nothing(.writing)
            default:
                if case .entry(let entry)? = reply.record { .entry(entry) } else { .nothing(nil) }
            }
        }
    }
}

extension Duration {
    /// The milliseconds in it, none too many, also where it is negative.
    fileprivate var flooredMilliseconds: Int64 {
        let whole = wholeMilliseconds
        return whole > .min && .milliseconds(whole) > self ? whole - 1 : whole
    }
}
