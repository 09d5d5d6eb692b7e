internal import StorageKit

extension KeyValueOperation {
    /// The key of an operation on one key.
    var soleKey: ByteString? {
        switch self {
        case .get(let key), .set(let key, _, _), .exists(let key), .timeToLive(let key),
            .expire(let key, _), .persist(let key), .getAndExpire(let key, _),
            .setIf(_, let key, _, _), .deleteIf(_, let key), .exchange(let key, _, _),
            .take(let key), .increment(let key, _), .incrementFloat(let key, _),
            .hash(let key, _), .sortedSet(let key, _), .list(let key, _),
            .memberSet(let key, _):
            key
        case .getMany, .delete, .scan, .listMove, .combineSets, .publish: nil
        }
    }

    /// Every key that it touches by name.
    var keys: [ByteString] {
        switch self {
        case .getMany(let keys), .delete(let keys), .combineSets(_, let keys): keys
        case .listMove(let source, _, let target, _): [source, target]
        default: soleKey.map { [$0] } ?? []
        }
    }

    /// Whether it looks at keys that it does not name.
    var isScan: Bool {
        if case .scan = self { true } else { false }
    }

    /// Whether it can give a list values that somebody waits for.
    var isPush: Bool {
        switch self {
        case .list(_, .push), .listMove: true
        default: false
        }
    }
}
