public import Metrics
public import StorageKit
public import Tracing

/// Times and spans of the commands that a store sends to its database.
///
/// ```swift
/// MongoSettings(observer: CommandInstrumentation())
/// ```
///
/// They go wherever the program has bootstrapped swift-metrics and swift-distributed-tracing to.
/// Names are those of OpenTelemetry's semantic conventions for databases. There are names, numbers
/// and times in them and never a value.
///
/// | metric | kind |
/// |---|---|
/// | `db.client.operation.duration` | timer |
/// | `db.client.response.size` | recorder, in bytes; a name of ours |
///
/// Their dimensions are `db.system.name`, `db.operation.name`, `db.namespace`,
/// `db.collection.name`, `server.address`, `server.port`, and `error.type` of those that failed.
///
/// Each command has a span of kind client within that of the task whose call it was, called after
/// the command and its collection, from its beginning to its end, with the same names as
/// attributes, and `db.response.status_code` where a server refused it.
///
/// `error.type` is the code of the ``StorageKit/StorageError``.
public struct CommandInstrumentation: CommandObserver {
    private let meters: CommandMeters
    private let tracer: any Tracer

    /// Creates an observer for the systems that the program has bootstrapped.
    public init() {
        self.init(metrics: MetricsSystem.factory, tracer: InstrumentationSystem.tracer)
    }

    /// Creates an observer for a factory of metrics and a tracer of one's own.
    ///
    /// - Parameters:
    ///   - metrics: What makes the timers.
    ///   - tracer: What makes the spans.
    public init(metrics: any MetricsFactory, tracer: any Tracer) {
        meters = CommandMeters(factory: metrics)
        self.tracer = tracer
    }

    /// The task's service context, which its commands' spans belong to.
    public func callerContext() -> (any Sendable)? { ServiceContext.current }

    /// Records a command's time, and a span for it.
    public func observe(_ event: CommandEvent, for caller: (any Sendable)?) {
        meters.record(event)
        let end = DefaultTracerClock.now.nanosecondsSinceEpoch
        let span = tracer.startSpan(
            event.spanName, context: caller as? ServiceContext ?? .topLevel, ofKind: .client,
            at: DefaultTracerClock.Timestamp(
                nanosecondsSinceEpoch: end - min(end, event.duration.wholeNanoseconds)))
        for (name, text) in event.dimensions { span.attributes[name] = text }
        // A port is a number among attributes.
        if let port = event.server.port { span.attributes["server.port"] = port }
        if let error = event.error {
            span.attributes["db.response.status_code"] = error.native?.number.map(String.init)
            span.setStatus(SpanStatus(code: .error))
        }
        span.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: end))
    }
}

extension Duration {
    /// Whole nanoseconds, none for what is less than nothing.
    fileprivate var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? 0 : UInt64(clamping: product + attoseconds / 1_000_000_000)
    }
}
