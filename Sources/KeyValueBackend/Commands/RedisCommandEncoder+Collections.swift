internal import StorageKit

extension RedisCommandEncoder {
    static func hash(
        _ key: ByteString, _ operation: HashOperation
    ) throws(StorageError) -> [ByteString] {
        switch operation {
        case .set(let fields):
            [RedisWord.hset, key] + fields.flatMap { [$0.name, $0.value] }
        case .get(let name): [RedisWord.hget, key, name]
        case .getMany(let names): [RedisWord.hmget, key] + names
        case .getAll: [RedisWord.hgetall, key]
        case .increment(let name, let amount):
            [RedisWord.hincrby, key, name, RedisNumber.text(amount)]
        case .incrementFloat(let name, let amount):
            [RedisWord.hincrbyfloat, key, name, RedisNumber.text(amount)]
        case .delete(let names): [RedisWord.hdel, key] + names
        case .exists(let name): [RedisWord.hexists, key, name]
        case .count: [RedisWord.hlen, key]
        case .scan(let cursor, let limit):
            [RedisWord.hscan, key, try digits(cursor), RedisWord.count, RedisNumber.text(limit)]
        }
    }

    static func memberSet(
        _ key: ByteString, _ operation: SetOperation
    ) throws(StorageError) -> [ByteString] {
        switch operation {
        case .add(let members): [RedisWord.sadd, key] + members
        case .remove(let members): [RedisWord.srem, key] + members
        case .contains(let member): [RedisWord.sismember, key, member]
        case .members: [RedisWord.smembers, key]
        case .count: [RedisWord.scard, key]
        case .scan(let cursor, let limit):
            [RedisWord.sscan, key, try digits(cursor), RedisWord.count, RedisNumber.text(limit)]
        }
    }

    static func list(_ key: ByteString, _ operation: ListOperation) -> [ByteString] {
        switch operation {
        case .push(let values, let end):
            [end == .first ? RedisWord.lpush : RedisWord.rpush, key] + values
        case .pop(let end): [end == .first ? RedisWord.lpop : RedisWord.rpop, key]
        case .popMany(let end, let limit):
            [end == .first ? RedisWord.lpop : RedisWord.rpop, key, RedisNumber.text(limit)]
        case .range(let indexes): [RedisWord.lrange, key] + closed(indexes)
        // A start behind its end keeps nothing: "the result will be an empty list" (LTRIM).
        case .trim(let indexes) where indexes.isEmpty:
            [RedisWord.ltrim, key, RedisWord.one, RedisWord.zero]
        case .trim(let indexes): [RedisWord.ltrim, key] + closed(indexes)
        // A positive count goes from head to tail, 0 is all.
        case .remove(let value, let limit):
            [RedisWord.lrem, key, RedisNumber.text(limit ?? 0), value]
        case .count: [RedisWord.llen, key]
        }
    }

    /// The name of an end of a list for `LMOVE`.
    static func side(_ end: ListEnd) -> ByteString {
        end == .first ? RedisWord.left : RedisWord.right
    }

    /// The first and the last of a range that is not empty.
    static func closed(_ range: Range<Int>) -> [ByteString] {
        [RedisNumber.text(range.lowerBound), RedisNumber.text(range.upperBound - 1)]
    }
}
