internal import StorageKit

/// The answer of the family for each reply of Redis: the second of two tables, see
/// ``RedisCommandEncoder``.
///
/// Every step is linear in the size of the reply.
enum RedisReplyDecoder {
    /// The answer to an operation in the reply to its command.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/corrupted`` when the reply has another shape than
    ///   the command's; ``StorageKit/StorageError/Code/outOfRange`` for a sum beyond a `Double`. A
    ///   refusal of the server's is the caller's to throw, who knows the command.
    static func answer(
        to operation: KeyValueOperation, in reply: consuming RedisReply
    ) throws(StorageError) -> KeyValueReply {
        var part = RedisReplyPart(
            reply: consume reply, mayHaveBeenApplied: operation.redisEffect != .reads)
        switch operation {
        case .get, .getAndExpire, .exchange, .take, .listMove: return .value(try part.value())
        case .getMany(let keys): return .values(try part.takeValues(keys.count))
        case .set:
            try part.status()
            return .done
        case .delete, .increment, .publish: return .integer(try part.integer())
        case .exists, .expire, .persist, .deleteIf: return .flag(try part.flag())
        case .scan(let prefix, _, _): return .elementPage(try page(of: prefix, in: part))
        case .timeToLive: return .timeToLive(try timeToLive(part))
        case .setIf(.equal, _, _, _): return .flag(try part.flag())
        case .setIf: return .flag(try part.isDone())
        case .incrementFloat: return .number(try part.sum())
        case .hash(_, let operation): return try hash(operation, &part)
        case .sortedSet(_, let operation): return try sortedSet(operation, part)
        case .list(_, let operation): return try list(operation, part)
        case .memberSet(_, let operation): return try memberSet(operation, part)
        case .combineSets: return .elements(try part.elements())
        }
    }
}

extension RedisReplyDecoder {
    /// -2 is no key and -1 no expiry; a key in its last millisecond has 0 left.
    private static func timeToLive(_ part: RedisReplyPart) throws(StorageError) -> TimeToLive {
        switch try part.integer() {
        case -2: .absent
        case -1: .unlimited
        case let milliseconds where milliseconds >= 0:
            .remaining(.milliseconds(max(1, milliseconds)))
        default: throw part.mismatch("a time to live")
        }
    }

    /// The pattern said which keys are wanted; that it did so rightly is not taken on trust.
    private static func page(
        of prefix: ByteString, in part: RedisReplyPart
    ) throws(StorageError) -> ScanPage<ByteString> {
        let (next, part) = try part.page()
        let keys = try part.elements()
        return ScanPage(elements: keys.filter { $0.hasPrefix(prefix) }, next: next)
    }

    private static func hash(
        _ operation: HashOperation, _ part: inout RedisReplyPart
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .set, .increment, .delete, .count: return .integer(try part.integer())
        case .get: return .value(try part.value())
        case .getMany(let names): return .values(try part.takeValues(names.count))
        case .getAll: return .fields(try part.fields())
        case .incrementFloat: return .number(try part.sum())
        case .exists: return .flag(try part.flag())
        case .scan:
            let (next, part) = try part.page()
            let fields = try part.pairs { name, value in HashField(name: name, value: value) }
            return .fieldPage(ScanPage(elements: fields, next: next))
        }
    }

    private static func sortedSet(
        _ operation: SortedSetOperation, _ part: RedisReplyPart
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .add, .remove, .removeRanks, .removeScores, .count, .countScores:
            .integer(try part.integer())
        case .score: .number(try part.optionalNumber())
        case .rank: .position(try part.position())
        case .increment: .number(try part.number())
        case .rangeByRank, .rangeByScore, .pop: .members(try part.members())
        }
    }

    private static func list(
        _ operation: ListOperation, _ part: RedisReplyPart
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .push, .remove, .count: return .integer(try part.integer())
        case .pop: return .value(try part.value())
        case .popMany: return .elements(try part.elements())
        case .range: return .elements(try part.elements())
        case .trim:
            try part.status()
            return .done
        }
    }

    private static func memberSet(
        _ operation: SetOperation, _ part: RedisReplyPart
    ) throws(StorageError) -> KeyValueReply {
        switch operation {
        case .add, .remove, .count: return .integer(try part.integer())
        case .contains: return .flag(try part.flag())
        case .members: return .elements(try part.elements())
        case .scan:
            let (next, part) = try part.page()
            return .elementPage(ScanPage(elements: try part.elements(), next: next))
        }
    }
}
