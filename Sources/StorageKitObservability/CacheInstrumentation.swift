public import Metrics
public import StorageKit
public import Tracing

/// Counts, times and spans of what happens between readers, a cache and its primary.
///
/// ```swift
/// cache.coordinator.observe(with: CacheInstrumentation(cache: "todo"))
/// ```
///
/// They go wherever the program has bootstrapped swift-metrics and swift-distributed-tracing to.
/// There are counts in them and never a key or a value.
///
/// | metric | kind | dimensions besides `cache` |
/// |---|---|---|
/// | `storagekit_cache_lookups` | counter | `outcome`: `hit`, `stale`, `miss` |
/// | `storagekit_cache_load_keys` | counter | `outcome`: `success`, `failure` |
/// | `storagekit_cache_load_seconds` | timer | `outcome`: `success`, `failure` |
/// | `storagekit_cache_fills` | counter | `outcome`: `stored`, `rejected` |
/// | `storagekit_cache_invalidated_keys`, `…_tags`, `…_clearings` | counters | |
/// | `storagekit_cache_doubted_keys`, `…_tags`, `…_clearings` | counters | |
/// | `storagekit_cache_errors` | counter | `code`: that of the ``StorageKit/StorageError`` |
///
/// Each call of the primary has a span `cache.load` of kind client, within that of the reader who
/// began it, with the attributes `storagekit.cache.name` and `storagekit.cache.keys`.
public struct CacheInstrumentation: CacheObserver {
    private let name: String
    private let meters: CacheMeters
    private let tracer: any Tracer

    /// Creates an observer for the systems that the program has bootstrapped.
    ///
    /// - Parameter cache: What the cache is called in metrics and spans.
    public init(cache name: String) {
        self.init(
            cache: name, metrics: MetricsSystem.factory, tracer: InstrumentationSystem.tracer)
    }

    /// Creates an observer for a factory of metrics and a tracer of one's own.
    ///
    /// - Parameters:
    ///   - name: What the cache is called in metrics and spans.
    ///   - metrics: What makes the counters and the timers.
    ///   - tracer: What makes the spans.
    public init(cache name: String, metrics: any MetricsFactory, tracer: any Tracer) {
        self.name = name
        self.tracer = tracer
        meters = CacheMeters(cache: name, factory: metrics)
    }

    /// Counts an event.
    public func observe(_ event: CacheEvent) { meters.count(event) }

    /// Runs a call of the primary within a span.
    public func aroundLoad<Value>(
        ofKeys count: Int, _ body: () async -> Value
    ) async -> Value {
        await tracer.withAnySpan("cache.load", ofKind: .client) { span in
            span.attributes["storagekit.cache.name"] = name
            span.attributes["storagekit.cache.keys"] = count
            return await body()
        }
    }
}
