import InMemoryLogging
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import StorageKit
import StorageKitObservability
import Testing
import Tracing

@Suite("The logs, metrics and spans of commands")
struct CommandObservationTests {
    private let metrics = TestMetrics()
    private let tracer = InMemoryTracer()
    private let logs = InMemoryLogHandler()

    private func makeLogger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "test") { _ in logs }
        logger.logLevel = level
        return logger
    }

    private func event(
        _ milliseconds: Int = 20, error: StorageError? = nil, bytes: Int? = 120
    ) -> CommandEvent {
        CommandEvent(
            system: "mongodb", store: "mongodb h:1/app", command: "find", database: "app",
            collection: "people", server: ServerAddress(host: "h", port: 1), requestID: 7,
            duration: .milliseconds(milliseconds), replyBytes: bytes, error: error)
    }

    private var refusal: StorageError {
        StorageError(
            code: .permissionDenied, message: "m",
            native: .init(domain: "mongodb", name: "Unauthorized", number: 13))
    }

    private var names: [(String, String)] {
        [
            ("db.system.name", "mongodb"), ("db.operation.name", "find"), ("db.namespace", "app"),
            ("db.collection.name", "people"), ("server.address", "h"), ("server.port", "1"),
        ]
    }

    @Test("a command's time and the size of its answer are recorded by its names")
    func timed() throws {
        let observer = CommandInstrumentation(metrics: metrics, tracer: tracer)
        observer.observe(event(20), for: nil)
        observer.observe(event(30), for: nil)
        observer.observe(event(5, error: refusal, bytes: nil), for: nil)
        let times = try metrics.expectTimer("db.client.operation.duration", names)
        #expect(times.values == [20_000_000, 30_000_000])
        let failures = try metrics.expectTimer(
            "db.client.operation.duration", names + [("error.type", "permissionDenied")])
        #expect(failures.values == [5_000_000])
        let sizes = try metrics.expectRecorder("db.client.response.size", names)
        #expect(sizes.values == [120, 120])
    }

    @Test("a command has a span from its beginning to its end, within its caller's")
    func span() throws {
        let observer = CommandInstrumentation(metrics: metrics, tracer: tracer)
        let caller = tracer.withSpan("caller") { span in
            // What is taken in the task is given back on another thread, which has none.
            let context = observer.callerContext()
            ServiceContext.$current.withValue(nil) { observer.observe(event(20), for: context) }
            return span.context.inMemorySpanContext
        }
        let found = try #require(
            tracer.finishedSpans.first { $0.operationName == "find people" })
        #expect(found.parentSpanID == caller?.spanID)
        #expect(found.kind == .client)
        let (start, end) = (
            found.startInstant.nanosecondsSinceEpoch, found.endInstant.nanosecondsSinceEpoch
        )
        #expect(end - start == 20_000_000)
        for (name, text) in names where name != "server.port" {
            #expect(found.attributes.get(name) == .string(text), "\(name)")
        }
        #expect(found.attributes.get("server.port") == .int64(1))
        #expect(found.attributes.count == names.count)
        #expect(found.status == nil)
    }

    @Test("the span of a command that failed says so")
    func failedSpan() throws {
        let observer = CommandInstrumentation(metrics: metrics, tracer: tracer)
        observer.observe(event(error: refusal), for: nil)
        let found = try #require(tracer.finishedSpans.first)
        #expect(found.parentSpanID == nil)
        #expect(found.status?.code == .error)
        #expect(found.attributes.get("error.type") == .string("permissionDenied"))
        #expect(found.attributes.get("db.response.status_code") == .string("13"))
    }

    @Test("a quick command is for debugging, a slow one is noticed, a failure is a warning")
    func levels() throws {
        let log = CommandLog(makeLogger(.debug), slowerThan: .milliseconds(50))
        var patient = event(50)
        patient.waits = true
        for one in [event(49), event(50), event(1, error: refusal), patient] {
            log.observe(one, for: nil)
        }
        #expect(logs.entries.map(\.level) == [.debug, .notice, .warning, .debug])
        #expect(logs.entries[0].metadata["db.collection.name"] == "people")
        #expect(logs.entries[0].metadata["error.type"] == nil)
        #expect(logs.entries[2].metadata["error.type"] == "permissionDenied")
        #expect(logs.entries[2].metadata["db.response.status"] == "Unauthorized")
    }

    @Test("below its logger's level nothing is logged")
    func quiet() {
        let log = CommandLog(makeLogger(.warning))
        for one in [event(1), event(1_000)] { log.observe(one, for: nil) }
        log.observe(change)
        #expect(logs.entries.isEmpty)
    }

    @Test("a server's change is noticed")
    func server() {
        CommandLog(makeLogger(.info)).observe(change)
        #expect(logs.entries.map(\.level) == [.notice])
        #expect(logs.entries.first?.metadata["after"] == "RSPrimary")
        #expect(logs.entries.first?.metadata["server.port"] == "1")
    }

    @Test("a server without a port is logged without one")
    func socket() {
        var local = change
        local.server = ServerAddress(host: "/run/mongodb.sock")
        CommandLog(makeLogger(.info)).observe(local)
        #expect(logs.entries.count == 1)
        #expect(logs.entries.first?.metadata["server.port"] == nil)
    }

    @Test("several observers are each told, with what each took of the task")
    func several() throws {
        let log = CommandLog(makeLogger(.debug))
        let all = CommandObservers([
            log, CommandInstrumentation(metrics: metrics, tracer: tracer),
        ])
        let caller = tracer.withSpan("caller") { span in
            let context = all.callerContext()
            ServiceContext.$current.withValue(nil) { all.observe(event(), for: context) }
            return span.context.inMemorySpanContext
        }
        all.observe(change)
        #expect(logs.entries.map(\.level) == [.debug, .notice])
        let found = tracer.finishedSpans.first { $0.operationName == "find people" }
        #expect(found != nil && found?.parentSpanID == caller?.spanID)
    }

    private var change: ServerChange {
        ServerChange(
            system: "mongodb", store: "s", server: ServerAddress(host: "h", port: 1),
            before: "RSSecondary", after: "RSPrimary")
    }
}
