internal import StorageKit
internal import Synchronization

/// Statements that go to the server together, and their results: one round trip.
///
/// Outside a transaction they are one: all of them are done or none. When one fails the rest is
/// skipped.
// @unchecked Sendable: what changes is touched under the lock of the link that it was submitted to,
// until it is over; then by whoever waited for it. `isUnwanted` is atomic.
final class PostgresExchange: PipelineMember, @unchecked Sendable {
    #if DEBUG
    typealias Waiter<Value> = CheckedContinuation<Value, Never>
    #else
    /// Unchecked, as each is resumed exactly once: the tests run with checked ones.
    typealias Waiter<Value> = UnsafeContinuation<Value, Never>
    #endif

    struct Step: Sendable {
        enum Work: Sendable {
            /// A statement without parameters that is not worth preparing.
            case command(String)
            case statement(PostgresStatement)
            /// A statement that is not run: what types its parameters have is asked for.
            case description(String)
            /// A COPY, which is alone in its exchange.
            case copy(String)
        }

        let work: Work
        var demand = RowDemand.none
    }

    /// What is left of a step.
    struct Result: Sendable {
        var tag: CommandTag?
        var block: RowBlock?
        /// The types of the parameters of a statement that was described.
        var parameterTypes: [PostgresType] = []
        /// Whether there were more rows than were asked for.
        var hasOverflowed = false
    }

    private(set) var steps: [Step]
    /// Whether no transaction is open around it, so that one that failed may be tried again.
    let standsAlone: Bool
    /// Whether it was given to whichever link had room, and not to one that is leased.
    let isShared: Bool
    /// Whether the connection is of no use to anybody when it fails, and is given up then.
    let isEssential: Bool
    /// Whether it is a COPY.
    let needsLinkAlone: Bool
    /// Whether nobody wants it any more.
    let isUnwanted = Atomic<Bool>(false)

    /// When to stop it; under the lock of its link, as are the next two.
    var deadline = Moment.never
    /// When to give its connection up.
    var end = Moment.never
    /// Whether that has come.
    var hasTimedOut = false

    /// Where it is; under the lock of the pool.
    var place = Place.nowhere

    /// Where a shared exchange is on its way.
    enum Place: Sendable {
        case nowhere
        /// In the pool, under this number.
        case waiting(UInt64)
        /// It was given to a link.
        case link(PostgresLink)
    }

    /// How much longer than others it may take, as it waits for somebody at the server.
    var patience = Duration.zero
    var results: [Result]
    var failure: ExchangeFailure?
    /// Whether the step that failed was prepared by an earlier exchange.
    var failedAsPrepared = false
    var attempts = 0
    /// Whether it was stopped since it has given too many rows.
    var isCutShort = false
    var waiter: Waiter<ExchangeReply>?
    /// For rows that are handed on in blocks.
    var stream: RowStreamState?
    /// How far a COPY has come.
    var copy = CopyState()

    init(_ steps: [Step], standsAlone: Bool, isShared: Bool, isEssential: Bool = false) {
        self.steps = steps
        self.isEssential = isEssential
        self.standsAlone = standsAlone
        self.isShared = isShared
        needsLinkAlone = steps.contains { if case .copy = $0.work { true } else { false } }
        results = Array(repeating: Result(), count: steps.count)
        if steps.contains(where: \.demand.isStream) { stream = RowStreamState() }
    }

    /// Puts commands before the rest; before it is submitted.
    func prepend(_ commands: [String]) {
        guard !commands.isEmpty else { return }
        steps.insert(contentsOf: commands.map { Step(work: .command($0)) }, at: 0)
        results = Array(repeating: Result(), count: steps.count)
    }

    /// Forgets what an attempt has brought.
    func reset() {
        attempts += 1
        results = Array(repeating: Result(), count: steps.count)
        failure = nil
        failedAsPrepared = false
        stream?.restart()
        copy = CopyState()
    }

    /// The outcome, to resume whoever waits.
    func reply(_ status: TransactionStatus) -> ExchangeReply {
        ExchangeReply(results: results, failure: failure, status: status)
    }
}

/// How an exchange ended.
struct ExchangeReply: Sendable {
    let results: [PostgresExchange.Result]
    let failure: ExchangeFailure?
    /// Whether a transaction is open now.
    let status: TransactionStatus
}

/// Why an exchange did not do all that it should.
enum ExchangeFailure: Sendable {
    /// The server refused a step; with `nil`, the commit of all of them.
    case refused(PostgresServerError, step: Int?)
    /// The connection was lost.
    case lost(StorageError, wasSent: Bool)
    /// It was cancelled before it was sent.
    case cancelled
    /// It cannot be done at all.
    case impossible(StorageError)
}
