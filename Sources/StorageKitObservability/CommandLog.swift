public import Logging
public import StorageKit
internal import Tracing

/// Log entries for the commands that a store sends to its database, and for its servers.
///
/// ```swift
/// MongoSettings(observer: CommandLog(Logger(label: "mongodb"), slowerThan: .milliseconds(50)))
/// ```
///
/// | what | level |
/// |---|---|
/// | a command | debug |
/// | one that took as long as the limit, or longer, and was not to wait | notice |
/// | one that failed | warning |
/// | a server that has become another kind of member, or is lost | notice |
///
/// The message is always the same for each; what it is about stands in the metadata, by the names
/// of OpenTelemetry's conventions: names, numbers and times, and never a value. An entry is made in
/// the service context of the task whose call it was, so that it has its trace.
public struct CommandLog: CommandObserver {
    private let logger: Logger
    private let limit: Duration

    /// Creates an observer.
    ///
    /// - Parameters:
    ///   - logger: Where entries go.
    ///   - limit: From when on a command is slow.
    public init(_ logger: Logger, slowerThan limit: Duration = .milliseconds(100)) {
        self.logger = logger
        self.limit = limit
    }

    /// The task's service context, in which its commands are logged.
    public func callerContext() -> (any Sendable)? { ServiceContext.current }

    /// Logs a command.
    public func observe(_ event: CommandEvent, for caller: (any Sendable)?) {
        let (level, message) = kind(of: event)
        guard logger.logLevel <= level else { return }
        guard let context = caller as? ServiceContext else {
            logger.log(level: level, message, metadata: event.metadata)
            return
        }
        ServiceContext.withValue(context) {
            logger.log(level: level, message, metadata: event.metadata)
        }
    }

    /// Logs a server.
    public func observe(_ change: ServerChange) {
        var metadata: Logger.Metadata = [
            "db.system.name": "\(change.system)", "server.address": "\(change.server.host)",
            "before": "\(change.before)", "after": "\(change.after)",
        ]
        metadata["server.port"] = change.server.port.map { "\($0)" }
        logger.notice("server changed", metadata: metadata)
    }

    private func kind(of event: CommandEvent) -> (Logger.Level, Logger.Message) {
        if event.error != nil { return (.warning, "command failed") }
        let isSlow = event.duration >= limit && !event.waits
        return isSlow ? (.notice, "slow command") : (.debug, "command")
    }
}

extension CommandEvent {
    fileprivate var metadata: Logger.Metadata {
        var all: Logger.Metadata = ["duration": "\(duration)", "request": "\(requestID)"]
        for (name, text) in dimensions { all[name] = "\(text)" }
        if let replyBytes { all["db.response.size"] = "\(replyBytes)" }
        if let native = error?.native {
            all["db.response.status_code"] = native.number.map { "\($0)" }
            all["db.response.status"] = "\(native.name)"
        }
        return all
    }
}
