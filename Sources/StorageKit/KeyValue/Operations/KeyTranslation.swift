/// How the keys and channels of a wrapper are called in the store beneath: with a prefix.
public struct KeyTranslation: Hashable, Sendable {
    /// Keys are called beneath as they are above.
    public static let none = KeyTranslation(prefix: ByteString())

    /// What stands before each key and channel beneath.
    public let prefix: ByteString

    /// Creates a translation.
    public init(prefix: ByteString) { self.prefix = prefix }

    /// The key beneath.
    public func inner(_ key: ByteString) -> ByteString { prefix + key }

    /// The wrapper's own key; the key beneath must begin with the prefix.
    public func outer(_ key: ByteString) -> ByteString {
        ByteString(bytes: key.bytes.dropFirst(prefix.count))
    }
}

extension KeyValueOperation {
    /// The operation with each of its keys and channels as it is called beneath.
    ///
    /// There is no default branch: an operation that is added later and not translated must not
    /// compile.
    func translated(by translation: KeyTranslation) -> KeyValueOperation {
        let inner = translation.inner
        return switch self {
        case .get(let key): .get(inner(key))
        case .getMany(let keys): .getMany(keys.map(inner))
        case .set(let key, let value, let expiration): .set(inner(key), value, expiration)
        case .delete(let keys): .delete(keys.map(inner))
        case .exists(let key): .exists(inner(key))
        case .scan(let prefix, let cursor, let limit):
            .scan(prefix: inner(prefix), cursor, limit: limit)
        case .timeToLive(let key): .timeToLive(inner(key))
        case .expire(let key, let time): .expire(inner(key), after: time)
        case .persist(let key): .persist(inner(key))
        case .getAndExpire(let key, let expiration): .getAndExpire(inner(key), expiration)
        case .setIf(let condition, let key, let value, let expiration):
            .setIf(condition, inner(key), value, expiration)
        case .deleteIf(let value, let key): .deleteIf(equal: value, inner(key))
        case .exchange(let key, let value, let expiration):
            .exchange(inner(key), value, expiration)
        case .take(let key): .take(inner(key))
        case .increment(let key, let amount): .increment(inner(key), by: amount)
        case .incrementFloat(let key, let amount): .incrementFloat(inner(key), by: amount)
        case .hash(let key, let operation): .hash(inner(key), operation)
        case .sortedSet(let key, let operation): .sortedSet(inner(key), operation)
        case .list(let key, let operation): .list(inner(key), operation)
        case .listMove(let source, let from, let target, let to):
            .listMove(from: inner(source), from, to: inner(target), to)
        case .memberSet(let key, let operation): .memberSet(inner(key), operation)
        case .combineSets(let combination, let keys): .combineSets(combination, keys.map(inner))
        case .publish(let payload, let channel): .publish(payload, channel: inner(channel))
        }
    }
}

extension KeyValueReply {
    /// The reply to a translated operation, with keys as the wrapper calls them.
    ///
    /// Only a scan of keys answers with keys; members of sets, which answer with the same case,
    /// are not keys. So it asks for the operation.
    func translatedBack(
        by translation: KeyTranslation, from operation: KeyValueOperation
    ) -> KeyValueReply {
        guard case .scan = operation, case .elementPage(var page) = self else { return self }
        page.elements = page.elements.map(translation.outer)
        return .elementPage(page)
    }
}

extension KeyValueBatch {
    /// The replies to a translated batch, with keys as the wrapper calls them.
    public func translatedBack(
        _ replies: [Result<KeyValueReply, StorageError>], by translation: KeyTranslation
    ) -> [Result<KeyValueReply, StorageError>] {
        zip(replies, operations).map { reply, operation in
            reply.map { $0.translatedBack(by: translation, from: operation) }
        }
    }
}
