import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("The command of Redis for each operation")
struct RedisCommandEncoderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let operation: KeyValueOperation
        let words: String
        let effect: RedisCommand.Effect

        init(
            _ operation: KeyValueOperation, _ words: String,
            _ effect: RedisCommand.Effect = .changes
        ) {
            (self.operation, self.words, self.effect) = (operation, words, effect)
        }

        var testDescription: String { words }
    }

    static let cursor = ScanCursor("17")
    static let equal = RedisScript.compareAndSet.source
    static let deleteEqual = RedisScript.compareAndDelete.source
    static let idempotent = RedisCommand.Effect.changesIdempotently

    /// Words are separated by `|`, since scripts have blanks.
    static let values: [Row] = [
        Row(.get("k"), "GET|k", .reads),
        Row(.getMany(["k", "l"]), "MGET|k|l", .reads),
        Row(.set("k", "v", .never), "SET|k|v", idempotent),
        Row(.set("k", "v", .after(.seconds(2))), "SET|k|v|PX|2000", idempotent),
        Row(.set("k", "v", .unchanged), "SET|k|v|KEEPTTL", idempotent),
        Row(.delete(["k", "l"]), "UNLINK|k|l"),
        Row(.exists("k"), "EXISTS|k", .reads),
        Row(.scan(prefix: "", nil, limit: 7), "SCAN|0|COUNT|7", .reads),
        Row(
            .scan(prefix: "a*b", cursor, limit: 7), #"SCAN|17|MATCH|a\*b*|COUNT|7"#, .reads),
        Row(.timeToLive("k"), "PTTL|k", .reads),
        Row(.expire("k", after: .milliseconds(1500)), "PEXPIRE|k|1500", idempotent),
        Row(.persist("k"), "PERSIST|k"),
        Row(.getAndExpire("k", .never), "GETEX|k|PERSIST", idempotent),
        Row(.getAndExpire("k", .after(.seconds(1))), "GETEX|k|PX|1000", idempotent),
        Row(.getAndExpire("k", .unchanged), "GET|k", .reads),
    ]

    static let conditions: [Row] = [
        Row(.setIf(.absent, "k", "v", .never), "SET|k|v|NX"),
        Row(.setIf(.absent, "k", "v", .after(.seconds(1))), "SET|k|v|NX|PX|1000"),
        Row(.setIf(.present, "k", "v", .unchanged), "SET|k|v|XX|KEEPTTL"),
        Row(.setIf(.equal(to: "u"), "k", "v", .never), "EVAL|\(equal)|1|k|u|v"),
        Row(
            .setIf(.equal(to: "u"), "k", "v", .after(.seconds(1))),
            "EVAL|\(equal)|1|k|u|v|PX|1000"),
        Row(.setIf(.equal(to: "u"), "k", "v", .unchanged), "EVAL|\(equal)|1|k|u|v|KEEPTTL"),
        Row(.deleteIf(equal: "u", "k"), "EVAL|\(deleteEqual)|1|k|u"),
        Row(.exchange("k", "v", .never), "SET|k|v|GET"),
        Row(.exchange("k", "v", .after(.seconds(1))), "SET|k|v|GET|PX|1000"),
        Row(.exchange("k", "v", .unchanged), "SET|k|v|GET|KEEPTTL"),
        Row(.take("k"), "GETDEL|k"),
        Row(.increment("k", by: .min), "INCRBY|k|-9223372036854775808"),
        Row(.incrementFloat("k", by: 0.1), "INCRBYFLOAT|k|0.1"),
        Row(.incrementFloat("k", by: .leastNonzeroMagnitude), "INCRBYFLOAT|k|5e-324"),
        Row(.publish("m", channel: "c"), "PUBLISH|c|m"),
    ]

    static let hashes: [Row] = [
        Row(
            .hash("k", .set([HashField(name: "f", value: "v"), HashField(name: "g", value: "w")])),
            "HSET|k|f|v|g|w"),
        Row(.hash("k", .get("f")), "HGET|k|f", .reads),
        Row(.hash("k", .getMany(["f", "g"])), "HMGET|k|f|g", .reads),
        Row(.hash("k", .getAll), "HGETALL|k", .reads),
        Row(.hash("k", .increment("f", by: -3)), "HINCRBY|k|f|-3"),
        Row(.hash("k", .incrementFloat("f", by: 1e300)), "HINCRBYFLOAT|k|f|1e+300"),
        Row(.hash("k", .delete(["f", "g"])), "HDEL|k|f|g"),
        Row(.hash("k", .exists("f")), "HEXISTS|k|f", .reads),
        Row(.hash("k", .count), "HLEN|k", .reads),
        Row(.hash("k", .scan(nil, limit: 3)), "HSCAN|k|0|COUNT|3", .reads),
        Row(.hash("k", .scan(cursor, limit: 3)), "HSCAN|k|17|COUNT|3", .reads),
    ]

    static let one = [ScoredMember(member: "m", score: 1.5)]
    static let half = ScoreRange(lower: .exclusive(1), upper: .unbounded)

    static let sortedSets: [Row] = [
        Row(.sortedSet("k", .add(one, .always)), "ZADD|k|1.5|m"),
        Row(.sortedSet("k", .add(one, .ifAbsent)), "ZADD|k|NX|1.5|m"),
        Row(.sortedSet("k", .add(one, .ifPresent)), "ZADD|k|XX|1.5|m"),
        Row(.sortedSet("k", .add(one, .ifHigher)), "ZADD|k|GT|1.5|m"),
        Row(.sortedSet("k", .add(one, .ifLower)), "ZADD|k|LT|1.5|m"),
        Row(
            .sortedSet("k", .add([ScoredMember(member: "m", score: -.infinity)], .always)),
            "ZADD|k|-inf|m"),
        Row(.sortedSet("k", .remove(["m", "n"])), "ZREM|k|m|n"),
        Row(.sortedSet("k", .removeRanks(2..<5)), "ZREMRANGEBYRANK|k|2|4"),
        Row(.sortedSet("k", .removeScores(ScoreRange(1...2))), "ZREMRANGEBYSCORE|k|1.0|2.0"),
        Row(.sortedSet("k", .score("m")), "ZSCORE|k|m", .reads),
        Row(.sortedSet("k", .rank("m", .ascending)), "ZRANK|k|m", .reads),
        Row(.sortedSet("k", .rank("m", .descending)), "ZREVRANK|k|m", .reads),
        Row(.sortedSet("k", .rangeByRank(0..<3, .ascending)), "ZRANGE|k|0|2|WITHSCORES", .reads),
        Row(
            .sortedSet("k", .rangeByRank(0..<3, .descending)), "ZRANGE|k|0|2|REV|WITHSCORES",
            .reads),
        Row(
            .sortedSet("k", .rangeByScore(half, .ascending, limit: 9)),
            "ZRANGE|k|(1.0|+inf|BYSCORE|LIMIT|0|9|WITHSCORES", .reads),
        Row(
            .sortedSet("k", .rangeByScore(half, .descending, limit: 9)),
            "ZRANGE|k|+inf|(1.0|BYSCORE|REV|LIMIT|0|9|WITHSCORES", .reads),
        Row(.sortedSet("k", .increment("m", by: .infinity)), "ZINCRBY|k|inf|m"),
        Row(.sortedSet("k", .count), "ZCARD|k", .reads),
        Row(.sortedSet("k", .countScores(.all)), "ZCOUNT|k|-inf|+inf", .reads),
        Row(.sortedSet("k", .pop(.ascending, limit: 2)), "ZPOPMIN|k|2"),
        Row(.sortedSet("k", .pop(.descending, limit: 2)), "ZPOPMAX|k|2"),
    ]

    static let listsAndSets: [Row] = [
        Row(.list("k", .push(["v", "w"], .first)), "LPUSH|k|v|w"),
        Row(.list("k", .push(["v", "w"], .last)), "RPUSH|k|v|w"),
        Row(.list("k", .pop(.first)), "LPOP|k"),
        Row(.list("k", .pop(.last)), "RPOP|k"),
        Row(.list("k", .popMany(.first, limit: 4)), "LPOP|k|4"),
        Row(.list("k", .popMany(.last, limit: 4)), "RPOP|k|4"),
        Row(.list("k", .range(1..<4)), "LRANGE|k|1|3", .reads),
        Row(.list("k", .trim(0..<4)), "LTRIM|k|0|3", idempotent),
        Row(.list("k", .trim(1..<4)), "LTRIM|k|1|3"),
        Row(.list("k", .trim(5..<5)), "LTRIM|k|1|0", idempotent),
        Row(.list("k", .remove("v", limit: nil)), "LREM|k|0|v"),
        Row(.list("k", .remove("v", limit: 2)), "LREM|k|2|v"),
        Row(.list("k", .count), "LLEN|k", .reads),
        Row(.listMove(from: "k", .first, to: "l", .last), "LMOVE|k|l|LEFT|RIGHT"),
        Row(.listMove(from: "k", .last, to: "l", .first), "LMOVE|k|l|RIGHT|LEFT"),
        Row(.memberSet("k", .add(["m", "n"])), "SADD|k|m|n"),
        Row(.memberSet("k", .remove(["m", "n"])), "SREM|k|m|n"),
        Row(.memberSet("k", .contains("m")), "SISMEMBER|k|m", .reads),
        Row(.memberSet("k", .members), "SMEMBERS|k", .reads),
        Row(.memberSet("k", .count), "SCARD|k", .reads),
        Row(.memberSet("k", .scan(cursor, limit: 3)), "SSCAN|k|17|COUNT|3", .reads),
        Row(.combineSets(.union, ["k", "l"]), "SUNION|k|l", .reads),
        Row(.combineSets(.intersection, ["k", "l"]), "SINTER|k|l", .reads),
        Row(.combineSets(.difference, ["k", "l"]), "SDIFF|k|l", .reads),
    ]

    @Test("each has its words", arguments: values + conditions + hashes + sortedSets + listsAndSets)
    func words(row: Row) throws {
        let words = try RedisCommandEncoder.arguments(of: row.operation)
        #expect(words == row.words.split(separator: "|").map { ByteString($0) })
    }

    @Test(
        "each says what a second execution does",
        arguments: values + conditions + hashes + sortedSets + listsAndSets)
    func effect(row: Row) throws {
        #expect(try RedisCommandEncoder.command(for: row.operation).effect == row.effect)
    }

    @Test("what is special in a pattern is escaped, and nothing else")
    func glob() {
        #expect(RedisGlob.pattern(prefix: #"a*?[b]\-^"#).string == #"a\*\?\[b\]\\-^*"#)
        #expect(RedisGlob.pattern(prefix: "").string == "*")
        #expect(RedisGlob.pattern(prefix: [0, 255, 42]).bytes == [0, 255, 92, 42, 42])
    }

    @Test(
        "times are rounded up to milliseconds",
        arguments: [
            (Duration.nanoseconds(1), 1, "0.001"), (.milliseconds(1), 1, "0.001"),
            (.microseconds(1001), 2, "0.002"), (.milliseconds(12_034), 12_034, "12.034"),
            (.seconds(3_000_000_000), 3_000_000_000_000, "3000000000.000"),
        ])
    func times(time: Duration, milliseconds: Int64, seconds: String) {
        #expect(RedisNumber.milliseconds(time) == milliseconds)
        #expect(RedisNumber.seconds(time).string == seconds)
    }

    @Test(
        "a cursor that Redis never gives is refused before anything is sent",
        arguments: ["", "0", "-1", "+1", "017", "x", "18446744073709551616", "1 "])
    func cursors(text: String) {
        let operation = KeyValueOperation.scan(prefix: "", ScanCursor(ByteString(text)), limit: 1)
        let error = #expect(throws: StorageError.self) {
            try RedisCommandEncoder.arguments(of: operation)
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test("the largest cursor is one")
    func largestCursor() throws {
        let operation = KeyValueOperation.hash(
            "k", .scan(ScanCursor("18446744073709551615"), limit: 1))
        #expect(try RedisCommandEncoder.arguments(of: operation)[2] == "18446744073709551615")
    }
}
