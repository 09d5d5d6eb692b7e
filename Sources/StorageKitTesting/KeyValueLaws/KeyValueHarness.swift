public import StorageKit

/// How ``KeyValueLaws`` gets a key-value store.
///
/// ```swift
/// struct RedisHarness: KeyValueHarness {
///     func makeSubject() async throws -> NamespacedStore<RedisStore> {
///         store.namespace("test \(UInt64.random(in: 0 ... .max))")
///     }
/// }
/// ```
///
/// A subject must show no key that it was not given: on a server that others use as well, a
/// namespace of its own. Which suites compile depends on the subject's capabilities and on what
/// else the harness can do: ``ExpiryHarness``, ``MovableClockHarness``,
/// ``KeyValueRoundTripCountingHarness``.
public protocol KeyValueHarness<Subject>: ConformanceHarness where Subject: KeyValueStore {
    /// How long a law waits in vain before it says that nothing comes.
    ///
    /// Only laws that fail ever wait so long.
    var patience: Duration { get }
}

extension KeyValueHarness {
    /// A minute: other tests may keep all threads busy for a while.
    public var patience: Duration { .seconds(60) }
}
