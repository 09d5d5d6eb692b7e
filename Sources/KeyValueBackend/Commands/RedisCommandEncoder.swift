internal import StorageKit

/// The command of Redis for each operation: the first of two tables that meet in the protocol.
///
/// One operation is one command, so one round trip. What Redis has no command for is a script of a
/// few lines (``RedisScript/compareAndSet``), sent with its text: a hundred bytes more on the
/// wire, and never a second round trip because the server has forgotten it.
///
/// The operation has been checked (``StorageKit/KeyValueOperation/check(against:)``) and has no
/// immediate reply. The needed version is 6.2, for `GETEX`, `GETDEL`, `ZRANGE … BYSCORE`, `LMOVE`
/// and counts of `LPOP`, and 7.0 for `SET … NX GET`, which is not used.
enum RedisCommandEncoder {
    /// The command for an operation.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/invalidArgument`` for a cursor that is not Redis's.
    static func command(for operation: KeyValueOperation) throws(StorageError) -> RedisCommand {
        RedisCommand(try arguments(of: operation), effect: operation.redisEffect)
    }

    /// The words of the command for an operation.
    static func arguments(of operation: KeyValueOperation) throws(StorageError) -> [ByteString] {
        switch operation {
        case .get(let key): [RedisWord.get, key]
        case .getMany(let keys): [RedisWord.mget] + keys
        case .set(let key, let value, .never): [RedisWord.set, key, value]
        case .set(let key, let value, let expiration):
            [RedisWord.set, key, value] + options(expiration)
        case .delete(let keys): [RedisWord.unlink] + keys
        case .exists(let key): [RedisWord.exists, key]
        case .scan(let prefix, let cursor, let limit): try scan(prefix, cursor, limit)
        case .timeToLive(let key): [RedisWord.pttl, key]
        case .expire(let key, let time):
            [RedisWord.pexpire, key, RedisNumber.text(RedisNumber.milliseconds(time))]
        case .persist(let key): [RedisWord.persist, key]
        case .getAndExpire(let key, let expiration): getAndExpire(key, expiration)
        case .setIf(let condition, let key, let value, let expiration):
            setIf(condition, key, value, expiration)
        case .deleteIf(let expected, let key):
            RedisScript.compareAndDelete.evaluation(keys: [key], arguments: [expected])
        case .exchange(let key, let value, let expiration):
            [RedisWord.set, key, value, RedisWord.get] + options(expiration)
        case .take(let key): [RedisWord.getdel, key]
        case .increment(let key, let amount): [RedisWord.incrby, key, RedisNumber.text(amount)]
        case .incrementFloat(let key, let amount):
            [RedisWord.incrbyfloat, key, RedisNumber.text(amount)]
        case .hash(let key, let operation): try hash(key, operation)
        case .sortedSet(let key, let operation): sortedSet(key, operation)
        case .list(let key, let operation): list(key, operation)
        case .listMove(let source, let from, let target, let to):
            [RedisWord.lmove, source, target, side(from), side(to)]
        case .memberSet(let key, let operation): try memberSet(key, operation)
        case .combineSets(let combination, let keys): [name(combination)] + keys
        case .publish(let payload, let channel): [RedisWord.publish, channel, payload]
        }
    }
}

extension RedisCommandEncoder {
    /// Where the next page begins: Redis's own digits, `0` at the beginning.
    ///
    /// `0` is also how Redis says that a scan is over, so it is never a cursor that was given out.
    static func digits(_ cursor: ScanCursor?) throws(StorageError) -> ByteString {
        guard let cursor else { return RedisWord.zero }
        guard let number = UInt64(cursor.bytes.string ?? ""), number > 0,
            RedisNumber.text(number) == cursor.bytes
        else {
            throw StorageError(
                code: .invalidArgument,
                message: "this is not a cursor of Redis; give the one of the page before, or nil")
        }
        return cursor.bytes
    }

    private static func scan(
        _ prefix: ByteString, _ cursor: ScanCursor?, _ limit: Int
    ) throws(StorageError) -> [ByteString] {
        let begin = [RedisWord.scan, try digits(cursor)]
        let match = prefix.isEmpty ? [] : [RedisWord.match, RedisGlob.pattern(prefix: prefix)]
        return begin + match + [RedisWord.count, RedisNumber.text(limit)]
    }

    /// The end of a `SET`; without it `SET` removes an expiry.
    static func options(_ expiration: KeyExpiration) -> [ByteString] {
        switch expiration {
        case .never: []
        case .after(let time):
            [RedisWord.milliseconds, RedisNumber.text(RedisNumber.milliseconds(time))]
        case .unchanged: [RedisWord.keepTimeToLive]
        }
    }

    private static func getAndExpire(
        _ key: ByteString, _ expiration: KeyExpiration
    ) -> [ByteString] {
        switch expiration {
        case .never: [RedisWord.getex, key, RedisWord.persist]
        case .after: [RedisWord.getex, key] + options(expiration)
        case .unchanged: [RedisWord.get, key]
        }
    }

    private static func setIf(
        _ condition: WriteCondition, _ key: ByteString, _ value: ByteString,
        _ expiration: KeyExpiration
    ) -> [ByteString] {
        switch condition {
        case .absent: [RedisWord.set, key, value, RedisWord.ifAbsent] + options(expiration)
        case .present: [RedisWord.set, key, value, RedisWord.ifPresent] + options(expiration)
        case .equal(let expected):
            RedisScript.compareAndSet.evaluation(
                keys: [key], arguments: [expected, value] + options(expiration))
        }
    }

    private static func name(_ combination: SetCombination) -> ByteString {
        switch combination {
        case .union: RedisWord.sunion
        case .intersection: RedisWord.sinter
        case .difference: RedisWord.sdiff
        }
    }
}
