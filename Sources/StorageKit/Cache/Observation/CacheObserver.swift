/// Who is told what happens between readers, a cache and its primary: for metrics and traces.
///
/// ```swift
/// cache.coordinator.observe(with: MyObserver())
/// ```
///
/// It is called in the task of whoever caused the event, often on the way of a read: it must be
/// quick and must not wait. Without an observer an event costs one relaxed load and no allocation.
public protocol CacheObserver: Sendable {
    /// Hears of an event.
    func observe(_ event: CacheEvent)

    /// Runs a call of the primary; the place for a span around it.
    ///
    /// It has to run the body once and return what the body returned.
    func aroundLoad<Value>(ofKeys count: Int, _ body: () async -> Value) async -> Value
}

extension CacheObserver {
    /// Runs the body and nothing else.
    public func aroundLoad<Value>(
        ofKeys count: Int, _ body: () async -> Value
    ) async -> Value {
        await body()
    }
}
