/// One call on a key-value store as a value: what to do, and the type of the answer.
///
/// The methods of the protocols are the usual way to make one call. Commands are for several at
/// once, in ``PipelinedStore/pipeline(_:)`` and ``AtomicBatchStore/atomically(_:)``, where each
/// keeps the type of its answer:
///
/// ```swift
/// let (name, visits) = try await store.atomically {
///     ($0.get("user:1:name"), $0.hashIncrement("user:2", field: "visits"))
/// }
/// ```
///
/// ``KeyValueCommands`` makes them, and only those that the store has the capability for.
public struct KeyValueCommand<Store: KeyValueStore, Output: Sendable>: Sendable {
    /// What the store is to do.
    public let operation: KeyValueOperation

    @usableFromInline
    let decode: @Sendable (KeyValueReply) throws(StorageError) -> Output

    @inlinable
    init(
        _ operation: KeyValueOperation,
        decode: @escaping @Sendable (KeyValueReply) throws(StorageError) -> Output
    ) {
        self.operation = operation
        self.decode = decode
    }

    /// The answer in a store's reply.
    ///
    /// - Throws: ``StorageError/Code/internalError`` when the reply is not the one that
    ///   ``KeyValueOperation`` names for the operation.
    @inlinable
    public func output(of reply: KeyValueReply) throws(StorageError) -> Output {
        try decode(reply)
    }

    func forwarded<Base: KeyValueStore>(
        to store: Base.Type, by translation: KeyTranslation
    ) -> KeyValueCommand<Base, Output> {
        let (operation, decode) = (operation, decode)
        guard translation != .none else {
            return KeyValueCommand<Base, Output>(operation, decode: decode)
        }
        return KeyValueCommand<Base, Output>(operation.translated(by: translation)) {
            reply throws(StorageError) in
            try decode(reply.translatedBack(by: translation, from: operation))
        }
    }
}

extension KeyValueCommand where Store: KeyValueWrapper {
    /// The same command for the store beneath the wrapper.
    ///
    /// - Parameter translation: How keys and channels differ there.
    public func forwarded(
        by translation: KeyTranslation = .none
    ) -> KeyValueCommand<Store.Base, Output> {
        forwarded(to: Store.Base.self, by: translation)
    }
}
