internal import StorageKit
internal import Synchronization

/// When exchanges are to be stopped: one alarm for all of them, for the earliest deadline when it
/// was set. What has ended before it rings costs nothing.
extension LinkCore {
    /// From now on the exchange has its time.
    func limit(_ exchange: PostgresExchange) {
        guard let timeout = settings.operationTimeout else { return }
        exchange.deadline = .now + timeout + exchange.patience
    }

    /// Whether the time to look at deadlines has become an earlier one, and has to be told.
    mutating func watch(_ exchange: PostgresExchange) -> Bool {
        let time = min(exchange.deadline, exchange.end)
        guard time < watchTime, handle != nil else { return false }
        watchTime = time
        return true
    }

    /// The server has little time left for the exchange; whether that has to be told to the timer.
    ///
    /// It is not asked to stop: a commit that waits for a standby would end without it, and say
    /// that all is well.
    mutating func hurry(_ exchange: PostgresExchange) -> Bool {
        exchange.end = min(exchange.end, .now + settings.stopTimeout)
        return watch(exchange)
    }

    /// Whether an exchange is under way that was to have ended.
    func isOverdue(_ now: Moment) -> Bool {
        pipeline.exchanges.contains { $0.end <= now }
    }

    /// Stops what has taken too long.
    mutating func expire(_ now: Moment, into output: inout LinkOutput) {
        guard watchTime <= now else { return }
        watchTime = .never
        for exchange in pipeline.exchanges {
            guard exchange.deadline <= now else {
                watchTime = min(watchTime, exchange.deadline, exchange.end)
                continue
            }
            watchTime = min(watchTime, exchange.end)
            exchange.deadline = .never
            // Whoever has cancelled it before is told so.
            exchange.hasTimedOut = !exchange.isUnwanted.exchange(
                true, ordering: .acquiringAndReleasing)
            switch stop(exchange) {
            case .removed:
                exchange.failure = .cancelled
                output.end(exchange, status)
            case .request: output.stops = true
            case .wait, .absent: break
            }
        }
    }
}
