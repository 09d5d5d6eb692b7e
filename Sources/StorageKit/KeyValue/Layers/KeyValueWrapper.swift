/// A store made of another one: what every layer of the key-value family is.
///
/// A wrapper hands commands on with ``KeyValueCommand/forwarded(by:)``, and keeps the refinements
/// of the store beneath by an empty conformance for each:
///
/// ```swift
/// struct SlowedStore<Base: KeyValueStore>: KeyValueWrapper {
///     let base: Base
///
///     func wrapping(_ base: Base) -> Self { SlowedStore(base: base) }
///
///     func perform<Output>(
///         _ command: KeyValueCommand<Self, Output>
///     ) async throws(StorageError) -> Output {
///         await Task.yield()
///         return try await base.perform(command.forwarded())
///     }
/// }
///
/// extension SlowedStore: HashStore where Base: HashStore {}
/// ```
///
/// ## Why it can wrap another store
///
/// A namespace may be anywhere beneath. One that is made within must be made there and not in front
/// of the wrapper: its name would be a part of its keys, and they would be keys of the namespace
/// around as well. So ``KeyValueStore/namespace(_:)`` asks each wrapper on the way down to wrap
/// what it has made of the store beneath. That nobody forgets it is why a command cannot be handed
/// on by a store that is no wrapper.
public protocol KeyValueWrapper<Base>: KeyValueStore {
    /// The type of the store beneath.
    associatedtype Base: KeyValueStore

    /// The store beneath.
    var base: Base { get }

    /// The same wrapper around another store, to which it does the same.
    ///
    /// What it knows (a connection, a count, a recorder) it shares with this one. No round trip.
    func wrapping(_ base: Base) -> Self
}

extension KeyValueWrapper {
    /// The limits of the store beneath.
    public var limits: KeyValueLimits { base.limits }
}
