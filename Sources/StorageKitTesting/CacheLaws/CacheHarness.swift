public import StorageKit

/// How ``CacheLaws`` gets a cache.
///
/// ```swift
/// struct InMemoryHarness: CacheHarness {
///     let clock = ManualClock()
///     func makeSubject() -> InMemoryCache<Int, Specimen> {
///         InMemoryCache(capacity: 1000, clock: clock)
///     }
///     func letPass(_ time: Duration, for subject: InMemoryCache<Int, Specimen>) {
///         clock.advance(by: time)
///     }
/// }
/// ```
///
/// A cache may drop what it likes, and then there would be little to check: a subject has room for
/// a hundred entries and loads and drops none of them by itself. Which suites compile depends on
/// what the subject can do besides: ``StorageKit/TaggedCache``, ``StorageKit/BarrierCache``,
/// ``StorageKit/VersionedCache``.
public protocol CacheHarness<Subject>: ConformanceHarness
where Subject: Cache, Subject.Value == Specimen {
    /// The key of a number: different ones for different numbers.
    func key(_ number: Int) -> Subject.Key

    /// Returns when at least this much time has passed by the subject's clock.
    ///
    /// The laws ask for milliseconds, or for the ``leaseTime``, and claim nothing about what has
    /// not expired yet, unless it has minutes: they cannot fail because a machine is slow.
    func letPass(_ time: Duration, for subject: Subject) async throws

    /// After which time a load that did not end no longer keeps others from its key.
    ///
    /// Make it short where time cannot be moved, and longer than a few calls take: half a second.
    var leaseTime: Duration { get }

    /// The largest number of entries, where the subjects have one; a small one is cheap to pass.
    var capacity: Int? { get }

    /// Whether a lookup that finds nothing may register a load, for whoever begins one next.
    ///
    /// Calls then find loads under way that nobody has begun, and begin some that have ended: only
    /// what is stored and what is read has an order then.
    var leasesOnLookup: Bool { get }

    /// How long a law waits in vain before it says that nothing comes.
    ///
    /// Only laws that fail ever wait so long.
    var patience: Duration { get }
}

extension CacheHarness {
    /// A minute.
    public var leaseTime: Duration { .seconds(60) }

    /// None.
    public var capacity: Int? { nil }

    /// It does not.
    public var leasesOnLookup: Bool { false }

    /// A minute: other tests may keep all threads busy for a while.
    public var patience: Duration { .seconds(60) }
}

extension CacheHarness where Subject.Key == Int {
    /// The number itself.
    public func key(_ number: Int) -> Int { number }
}

extension CacheHarness where Subject.Key == String {
    /// The number after a few letters that keys of programs have too.
    public func key(_ number: Int) -> String { "specimen:\(number)" }
}
