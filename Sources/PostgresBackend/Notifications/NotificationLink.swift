internal import StorageKit
internal import Synchronization

/// The connection that a hub hears notifications on, from its opening to its end.
final class NotificationLink: LinkOwner {
    private struct State {
        var link: PostgresLink?
        var isLost = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let hear: @Sendable ([PostgresNotification]) -> Void
    private let lose: @Sendable () -> Void
    private let state = Mutex(State())

    /// Connects.
    ///
    /// - Parameters:
    ///   - settings: As the pool's connections.
    ///   - loop: Whose thread reads.
    ///   - hear: Is given what comes, on the event thread.
    ///   - lose: Is called once, when the connection is lost or closed.
    static func open(
        _ settings: PoolSettings, on loop: EventLoop,
        hear: @escaping @Sendable ([PostgresNotification]) -> Void,
        lose: @escaping @Sendable () -> Void
    ) async throws(StorageError) -> NotificationLink {
        let handle = try await connect(settings)
        let owner = NotificationLink(hear: hear, lose: lose)
        var linkSettings = settings.link
        (linkSettings.statementCapacity, linkSettings.hearsNotifications) = (0, true)
        let link = PostgresLink(handle, number: 0, linkSettings, on: loop, owner: owner)
        owner.state.withLock { $0.link = link }
        do throws(StorageError) {
            try link.start()
        } catch {
            owner.state.withLock { $0.link = nil }
            throw error
        }
        return owner
    }

    private init(
        hear: @escaping @Sendable ([PostgresNotification]) -> Void,
        lose: @escaping @Sendable () -> Void
    ) {
        self.hear = hear
        self.lose = lose
    }

    /// On a thread of its own, which may wait.
    private static func connect(
        _ settings: PoolSettings
    ) async throws(StorageError) -> PostgresHandle {
        let result: Result<PostgresHandle, StorageError> = await withCheckedContinuation { waiter in
            do throws(StorageError) {
                try PlatformThread.start {
                    let result = Result { () throws(StorageError) in
                        try PostgresHandle.connect(
                            settings.options, within: settings.connectTimeout)
                    }
                    waiter.resume(returning: result)
                }
            } catch {
                waiter.resume(returning: .failure(error))
            }
        }
        return try result.get()
    }

    var isLost: Bool { state.withLock { $0.isLost } }

    /// Has the server do commands as one transaction.
    ///
    /// Cancelling the task ends the connection: nobody is left who listens, and a server that is
    /// silent is not waited for.
    func run(_ commands: [String]) async throws(StorageError) {
        guard let link = state.withLock({ $0.link }) else { throw .connectionLost("") }
        let exchange = PostgresExchange.commands(commands)
        let reply = await withTaskCancellationHandler {
            await link.runShielded(exchange)
        } onCancel: {
            link.close()
        }
        _ = try reply.result(of: exchange, at: commands.count - 1, mayBeApplied: false)
    }

    /// Ends the connection, and returns when it has ended.
    func close() async {
        let link = state.withLock { $0.link }
        link?.close()
        await withCheckedContinuation { closer in
            let isLost = state.withLock { state in
                if !state.isLost { state.closers.append(closer) }
                return state.isLost
            }
            if isLost { closer.resume() }
        }
    }

    // MARK: What the link says

    func ended(_ count: Int, on link: PostgresLink, _ resume: () -> Void) { resume() }

    func received(_ notifications: [PostgresNotification], on link: PostgresLink) {
        hear(notifications)
    }

    func lost(_ link: PostgresLink, homeless: [PostgresExchange]) {
        let (isFirst, closers) = state.withLock { state in
            defer {
                state.isLost = true
                // Each holds the other until here.
                state.link = nil
                state.closers = []
            }
            return (!state.isLost, state.closers)
        }
        if isFirst { lose() }
        for closer in closers { closer.resume() }
    }
}
