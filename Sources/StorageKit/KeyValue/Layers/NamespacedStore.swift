/// A part of a key-value store that sees its own keys and channels and no others.
///
/// ```swift
/// let sessions = store.namespace("sessions")
/// try await sessions.set("17", to: "ana")  // "sessions:17" in the store beneath
/// let mobile = sessions.namespace("mobile")  // "sessions/mobile:…"
/// ```
///
/// It keeps the refinements of the store beneath. Two namespaces with different paths never share a
/// key, whatever the keys are, nor does one share a key with a namespace inside it: a name's own
/// `:`, `/` and `%` are written `%3A`, `%2F` and `%25`, so the first `:` in a key beneath ends the
/// path. Whoever uses the store beneath directly sees all of it; keep to namespaces throughout.
///
/// It is the same namespace where only the protocol is known, and through any wrapper: code that
/// takes any store may call ``KeyValueStore/namespace(_:)`` on one that is a namespace already, or
/// that has one anywhere beneath, see ``KeyValueWrapper``.
///
/// It costs no round trip. A scan asks the store beneath for the prefix.
public struct NamespacedStore<Base: KeyValueStore>: KeyValueStore {
    /// The store beneath.
    public let base: Base

    /// Empty for all of the store beneath, which then has the namespace itself.
    private let path: [String]
    private let translation: KeyTranslation

    private init(_ base: Base, path: [String]) {
        self.base = base
        self.path = path
        let names = path.map(Self.escaped).joined(separator: "/")
        translation = KeyTranslation(prefix: path.isEmpty ? "" : ByteString(names + ":"))
    }

    /// Creates a namespace within a store, which may have one itself.
    ///
    /// Generic code knows of a namespace only that it is a store. Put before its keys, a name would
    /// be a part of them, and they would be keys of the namespace around as well. So what is
    /// wrapped is the store with the namespace within, and that has the path that it always has.
    init(_ name: String, within store: Base) {
        if let nested = store.nested(name) {
            self.init(nested, path: [])
        } else {
            self.init(store, path: [name])
        }
    }

    /// What stands before each key in the store beneath; nothing when that is the namespace itself.
    public var prefix: ByteString { translation.prefix }

    /// The limits of the store beneath; a key's length includes the prefix there.
    public var limits: KeyValueLimits {
        var limits = base.limits
        limits.maximumKeyBytes = max(0, limits.maximumKeyBytes - prefix.count)
        return limits
    }

    /// The value of a key, or `nil` when there is none, as the store beneath reads it.
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        if key.count > limits.maximumKeyBytes {
            try KeyValueOperation.get(key).check(against: limits)
        }
        return try await base.get(translation.inner(key))
    }

    /// Does what a command says in the store beneath.
    public func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try command.operation.check(against: limits)
        return try await base.perform(command.forwarded(to: Base.self, by: translation))
    }

    /// A namespace within this one.
    ///
    /// - Parameter name: Any text; empty counts as a name.
    public func namespace(_ name: String) -> NamespacedStore<Base> {
        path.isEmpty
            ? NamespacedStore(name, within: base) : NamespacedStore(base, path: path + [name])
    }

    private static func escaped(_ name: String) -> String {
        var text = ""
        for character in name.unicodeScalars {
            switch character {
            case "%": text += "%25"
            case "/": text += "%2F"
            case ":": text += "%3A"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}

extension KeyValueStore {
    /// A part of this store that sees its own keys and no others.
    ///
    /// - Parameter name: Any text; empty counts as a name.
    public func namespace(_ name: String) -> NamespacedStore<Self> {
        NamespacedStore(name, within: self)
    }

    /// This store with the innermost namespace beneath it replaced by one within, or `nil` when it
    /// has none.
    fileprivate func nested(_ name: String) -> Self? {
        if let namespace = self as? any Namespace { return namespace.within(name) as? Self }
        return (self as? any KeyValueWrapper)?.rewrapped(name) as? Self
    }
}

extension KeyValueWrapper {
    fileprivate func rewrapped(_ name: String) -> Self? { base.nested(name).map(wrapping) }
}

/// A namespace of whatever store.
private protocol Namespace: KeyValueStore {
    func within(_ name: String) -> Self
}

extension NamespacedStore: Namespace {
    fileprivate func within(_ name: String) -> NamespacedStore { namespace(name) }
}

extension NamespacedStore: ExpiringKeyValueStore where Base: ExpiringKeyValueStore {}
extension NamespacedStore: ConditionalWriteStore where Base: ConditionalWriteStore {}
extension NamespacedStore: AtomicCounterStore where Base: AtomicCounterStore {}
extension NamespacedStore: HashStore where Base: HashStore {}
extension NamespacedStore: SortedSetStore where Base: SortedSetStore {}
extension NamespacedStore: ListStore where Base: ListStore {}
extension NamespacedStore: SetStore where Base: SetStore {}

extension NamespacedStore: PipelinedStore where Base: PipelinedStore {
    /// Does the commands of a batch in the store beneath.
    public func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try pipeline.check(against: limits)
        let inner = pipeline.forwarded(to: Base.self, by: translation)
        return pipeline.translatedBack(try await base.replies(to: inner), by: translation)
    }
}

extension NamespacedStore: AtomicBatchStore where Base: AtomicBatchStore {
    /// Does the commands of a batch as one step in the store beneath.
    public func atomicReplies(
        to batch: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try batch.check(against: limits)
        let inner = batch.forwarded(to: Base.self, by: translation)
        return batch.translatedBack(try await base.atomicReplies(to: inner), by: translation)
    }
}

extension NamespacedStore: BlockingListStore where Base: BlockingListStore {
    /// Removes and returns a value from the first of these lists that has one, waiting for it.
    public func listPop(
        fromFirstOf keys: [ByteString], _ end: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ListElement? {
        let element = try await base.listPop(
            fromFirstOf: keys.map(translation.inner), end, waitingUpTo: time)
        return element.map { ListElement(key: translation.outer($0.key), value: $0.value) }
    }

    /// Moves a value from one list to another in one step, waiting for it, and returns it.
    public func listMove(
        from source: ByteString, _ sourceEnd: ListEnd, to target: ByteString,
        _ targetEnd: ListEnd, waitingUpTo time: Duration
    ) async throws(StorageError) -> ByteString? {
        try await base.listMove(
            from: translation.inner(source), sourceEnd, to: translation.inner(target), targetEnd,
            waitingUpTo: time)
    }
}

extension NamespacedStore: PublishSubscribeStore where Base: PublishSubscribeStore {
    /// Subscribes to channels of this namespace.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> NamespacedSubscription<Base.Subscription> {
        let inner = try await base.subscribe(to: channels.map(translation.inner))
        return NamespacedSubscription(inner, translation: translation)
    }

    /// Subscribes to every channel of this namespace whose name begins with a prefix.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> NamespacedSubscription<Base.Subscription> {
        let inner = try await base.subscribe(toChannelsWithPrefix: translation.inner(prefix))
        return NamespacedSubscription(inner, translation: translation)
    }
}
