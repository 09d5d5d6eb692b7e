/// Everything that a key-value store can be asked: the whole vocabulary of the family, as a value.
///
/// Callers use the methods of the protocols; each makes a ``KeyValueCommand``, and that carries one
/// of these to the store. A store answers with the case of ``KeyValueReply`` that is named beside
/// the operation. Because the set is closed, a wrapper that forgets one does not compile.
///
/// A store is given only the operations of the protocols it conforms to.
public enum KeyValueOperation: Hashable, Sendable {
    // MARK: KeyValueStore

    /// Reads a key, ``KeyValueReply/value(_:)``.
    case get(ByteString)
    /// Reads keys by position, ``KeyValueReply/values(_:)``.
    case getMany([ByteString])
    /// Writes a key, whatever it held, ``KeyValueReply/done``.
    ///
    /// Another expiration than ``KeyExpiration/never`` needs an ``ExpiringKeyValueStore``.
    case set(ByteString, ByteString, KeyExpiration)
    /// Deletes keys; answers how many there were, ``KeyValueReply/integer(_:)``.
    case delete([ByteString])
    /// Whether a key exists, ``KeyValueReply/flag(_:)``.
    case exists(ByteString)
    /// Some of the keys with a prefix, ``KeyValueReply/elementPage(_:)``.
    case scan(prefix: ByteString, ScanCursor?, limit: Int)

    // MARK: ExpiringKeyValueStore

    /// How long a key still has, ``KeyValueReply/timeToLive(_:)``.
    case timeToLive(ByteString)
    /// Sets when a key vanishes; whether there was one, ``KeyValueReply/flag(_:)``.
    case expire(ByteString, after: Duration)
    /// Makes a key stay; whether it had an expiry, ``KeyValueReply/flag(_:)``.
    case persist(ByteString)
    /// Reads a key and sets when it vanishes, ``KeyValueReply/value(_:)``.
    case getAndExpire(ByteString, KeyExpiration)

    // MARK: ConditionalWriteStore

    /// Writes a key if the condition holds; whether it did, ``KeyValueReply/flag(_:)``.
    case setIf(WriteCondition, ByteString, ByteString, KeyExpiration)
    /// Deletes a key if it holds this value; whether it did, ``KeyValueReply/flag(_:)``.
    case deleteIf(equal: ByteString, ByteString)
    /// Writes a key; answers what it held, ``KeyValueReply/value(_:)``.
    case exchange(ByteString, ByteString, KeyExpiration)
    /// Deletes a key; answers what it held, ``KeyValueReply/value(_:)``.
    case take(ByteString)

    // MARK: AtomicCounterStore

    /// Adds to a key's integer, ``KeyValueReply/integer(_:)``.
    case increment(ByteString, by: Int64)
    /// Adds to a key's number, ``KeyValueReply/number(_:)``.
    case incrementFloat(ByteString, by: Double)

    // MARK: Stores of collections

    /// An operation of ``HashStore``.
    case hash(ByteString, HashOperation)
    /// An operation of ``SortedSetStore``.
    case sortedSet(ByteString, SortedSetOperation)
    /// An operation of ``ListStore`` on one list.
    case list(ByteString, ListOperation)
    /// Moves a value from an end of a list to an end of another, ``KeyValueReply/value(_:)``.
    case listMove(from: ByteString, ListEnd, to: ByteString, ListEnd)
    /// An operation of ``SetStore`` on one set.
    case memberSet(ByteString, SetOperation)
    /// The members of several sets combined, ``KeyValueReply/elements(_:)``.
    case combineSets(SetCombination, [ByteString])

    // MARK: PublishSubscribeStore

    /// Publishes a message; answers how many received it, ``KeyValueReply/integer(_:)``.
    case publish(ByteString, channel: ByteString)
}
