internal import StorageKit
internal import Synchronization

/// What a link's lock protects: the handle, and what is under way on it.
///
/// It carries out what ``PipelineState`` decides, and takes apart what comes.
struct LinkCore: Sendable {
    /// `nil` when the connection is lost or closed.
    private(set) var handle: PostgresHandle?
    var pipeline = PipelineState<PostgresExchange>()
    var statements: StatementCache
    let preparesStatements: Bool
    let settings: LinkSettings
    /// When the deadlines are looked at next.
    var watchTime = Moment.never
    /// Names that the server is to forget with the next exchange.
    private var outdated: [String] = []
    /// Why nothing can be sent any more.
    private(set) var loss: StorageError?
    /// Whether the socket takes no more at present.
    private(set) var isBlocked = false
    /// When the present head was first asked to stop.
    private(set) var stopBegan: Moment?
    /// Whether enough rows are here for now.
    private(set) var isPaused = false
    /// Whether one was sent that nobody wants any more.
    private var stopsUnwanted = false
    /// Whether something is to be done on the event thread.
    var needsThread: Bool { isBlocked || stopsUnwanted || loss != nil && handle != nil }

    /// How often an exchange is tried.
    private static let maximumAttempts = 3

    init(_ handle: PostgresHandle, _ settings: LinkSettings) {
        self.handle = handle
        self.settings = settings
        statements = StatementCache(capacity: settings.statementCapacity)
        preparesStatements = settings.statementCapacity > 0
    }

    var status: TransactionStatus { handle?.transactionStatus ?? .unknown }

    // MARK: Sending

    mutating func submit(_ exchange: PostgresExchange, into output: inout LinkOutput) {
        if exchange.isShared, exchange.isUnwanted.load(ordering: .acquiring) {
            exchange.failure = .cancelled
            return output.end(exchange, status)
        }
        if let loss {
            if exchange.isShared { return output.homeless.append(exchange) }
            exchange.failure = .lost(loss, wasSent: false)
            return output.end(exchange, .unknown)
        }
        // Rows, either way, have their time when somebody waits for them.
        if exchange.stream == nil, !exchange.needsLinkAlone { limit(exchange) }
        pipeline.submit(exchange)
        sendPending()
    }

    /// Sends what may be sent.
    mutating func sendPending() {
        guard let handle, loss == nil else { return }
        while let exchange = pipeline.nextToSend() {
            var parts: [PipelineState<PostgresExchange>.Part] = []
            let isTaken =
                exchange.needsLinkAlone
                ? sendCopy(exchange, on: handle, &parts)
                : send(exchange, on: handle, &parts) && handle.sendSync()
            pipeline.didSend(
                exchange, parts, isUnwanted: exchange.isUnwanted.load(ordering: .acquiring))
            guard isTaken else { return giveUp(.connectionLost(handle.message)) }
        }
        flush()
        if pipeline.head?.isUnwanted == true, stopBegan == nil { stopsUnwanted = true }
    }

    /// Sends what libpq still holds.
    mutating func flush() {
        guard let handle, loss == nil else { return }
        guard let isDone = handle.flush() else {
            return giveUp(.connectionLost(handle.message))
        }
        isBlocked = !isDone
    }

    private mutating func send(
        _ exchange: PostgresExchange, on handle: PostgresHandle,
        _ parts: inout [PipelineState<PostgresExchange>.Part]
    ) -> Bool {
        parts.reserveCapacity(exchange.steps.count)
        // Not in front of what ends a transaction that has failed, and takes nothing else.
        while handle.transactionStatus != .failed, let name = outdated.popLast() {
            parts.append(.release(name))
            guard handle.send(command: "DEALLOCATE \(name)") else { return false }
        }
        for (index, step) in exchange.steps.enumerated() {
            guard send(step, index, of: exchange, on: handle, &parts) else { return false }
        }
        return true
    }

    private mutating func send(
        _ step: PostgresExchange.Step, _ index: Int, of exchange: PostgresExchange,
        on handle: PostgresHandle, _ parts: inout [PipelineState<PostgresExchange>.Part]
    ) -> Bool {
        switch step.work {
        case .command(let text):
            parts.append(.step(index, nil))
            return handle.send(command: text)
        case .statement(let statement)
        where !preparesStatements || handle.transactionStatus == .failed:
            parts.append(.step(index, nil))
            return handle.send(statement)
        case .statement(let statement):
            return sendPrepared(statement, index, of: exchange, on: handle, &parts)
        case .description(let text):
            parts += [.silent, .step(index, nil)]
            return handle.send(descriptionOf: text)
        case .copy: return false
        }
    }

    private mutating func sendPrepared(
        _ statement: PostgresStatement, _ index: Int, of exchange: PostgresExchange,
        on handle: PostgresHandle, _ parts: inout [PipelineState<PostgresExchange>.Part]
    ) -> Bool {
        let key = statement.key
        switch statements.prepare(key) {
        case .done(let entry):
            parts.append(.step(index, entry))
            return handle.send(statement.parameters, toPrepared: entry.name)
        case .underway(let entry) where entry.preparedBy == ObjectIdentifier(exchange):
            parts.append(.step(index, entry))
            return handle.send(statement.parameters, toPrepared: entry.name)
        case .underway, .full:
            parts.append(.step(index, nil))
            return handle.send(statement)
        case .needed(let entry, let evicted):
            if let evicted {
                parts.append(.release(evicted))
                guard handle.send(command: "DEALLOCATE \(evicted)") else { return false }
            }
            entry.preparedBy = ObjectIdentifier(exchange)
            parts.append(.preparation(key, entry))
            parts.append(.step(index, entry))
            return handle.send(preparationOf: statement, as: entry.name)
                && handle.send(statement.parameters, toPrepared: entry.name)
        }
    }

    // MARK: Receiving

    /// Reads what is there, and takes it apart.
    mutating func receive(reads: Bool, into output: inout LinkOutput) {
        guard let handle, loss == nil else { return }
        let isRefused = reads && takesRows && handle.announcesError
        let isGood = !reads || handle.consumeInput()
        // libpq tells what the server has said only to who has no more rows for it.
        if isRefused || !isGood { endRows("a row was refused, or the connection is lost") }
        advance(handle, &output)
        while settings.hearsNotifications, let notification = handle.nextNotification() {
            output.notifications.append(notification)
        }
        if !isGood || handle.isBroken { return giveUp(.connectionLost(handle.message)) }
        sendPending()
        guard stopsUnwanted else { return }
        stopsUnwanted = false
        output.stops = stopHead() || output.stops
    }

    private mutating func advance(_ handle: PostgresHandle, _ output: inout LinkOutput) {
        while loss == nil, !isPaused, let head = pipeline.head {
            let exchange = head.exchange
            guard !exchange.takesRows else { return }
            if !head.hasBegun, let part = head.part {
                handle.beginRows()
                pipeline.begin()
                exchange.begin(part)
            }
            switch next(of: exchange, head.part, handle) {
            case .needsInput:
                return output.deliver(exchange)
            case .blockIsFull:
                blockIsFull(exchange, head.part, &output)
                if output.goesOn { return }
            case .finished(let tag): finished(exchange, head.part, tag)
            case .described(let types): described(exchange, head.part, types)
            case .failed(let error): failed(exchange, head.part, error)
            case .skipped: skipped(head.part)
            case .ended:
                // On a broken connection there is an end after the other, and never a sync.
                if handle.isBroken { return }
                if exchange.needsLinkAlone {
                    endCopy(handle, &output)
                } else if head.part != nil {
                    pipeline.endPart()
                }
            case .synced: endHead(handle, &output)
            case .copying(let takesRows): copyBegan(exchange, takesRows)
            }
        }
    }

    private mutating func blockIsFull(
        _ exchange: PostgresExchange, _ part: PipelineState<PostgresExchange>.Part?,
        _ output: inout LinkOutput
    ) {
        guard case .step(let index, _) = part else { return }
        if exchange.steps[index].demand.isStream {
            output.deliver(exchange)
            isPaused = exchange.stream?.filling.isFull == true
            output.goesOn = !isPaused
            return
        }
        exchange.results[index].hasOverflowed = true
        guard case .upTo = exchange.steps[index].demand else { return }
        // The rest is of no interest. What is alone has its own transaction, which this undoes.
        guard exchange.standsAlone, !exchange.isCutShort else { return }
        exchange.isCutShort = true
        output.stops = stop(exchange) == .request || output.stops
    }

    private mutating func finished(
        _ exchange: PostgresExchange, _ part: PipelineState<PostgresExchange>.Part?,
        _ tag: CommandTag
    ) {
        if case .preparation(_, let entry) = part { entry.isConfirmed = true }
        guard case .step(let index, let entry) = part else { return }
        exchange.results[index].tag = tag
        if let entry, entry.shape == nil { entry.learn(exchange.shape(of: index)) }
        if tag.forgetsStatements { statements.forgetAll() }
    }

    private mutating func failed(
        _ exchange: PostgresExchange, _ part: PipelineState<PostgresExchange>.Part?,
        _ error: PostgresServerError
    ) {
        forgetPreparation(part)
        if error.isOfLibrary { return giveUp(.connectionLost(error.message)) }
        guard exchange.failure == nil else { return }
        if case .step(let index, let entry) = part {
            exchange.failure = .refused(error, step: index)
            exchange.failedAsPrepared = entry.map { pipeline.head?.prepares($0) == false } ?? false
        } else {
            exchange.failure = .refused(error, step: nil)
        }
    }

    private mutating func skipped(_ part: PipelineState<PostgresExchange>.Part?) {
        forgetPreparation(part)
        if case .release(let name) = part { outdated.append(name) }
    }

    /// A statement that was not prepared after all.
    private mutating func forgetPreparation(_ part: PipelineState<PostgresExchange>.Part?) {
        if case .preparation(let key, _) = part { statements.forget(key) }
    }

    private mutating func described(
        _ exchange: PostgresExchange, _ part: PipelineState<PostgresExchange>.Part?,
        _ types: [PostgresType]
    ) {
        guard case .step(let index, _) = part else { return }
        exchange.results[index].parameterTypes = types
    }

    mutating func endHead(_ handle: PostgresHandle, _ output: inout LinkOutput) {
        guard let entry = pipeline.endHead() else { return }
        let exchange = entry.exchange
        if mendStatements(after: exchange) || wasHitByMistake(entry), mayRepeat(exchange, handle) {
            exchange.reset()
            pipeline.putBack(exchange)
        } else {
            if exchange.isEssential, exchange.failure != nil { giveUp(.sessionUnknown) }
            resetSession(after: exchange, &output)
            output.end(exchange, handle.transactionStatus)
        }
        // Nobody would end a transaction that a statement among many has begun.
        if exchange.isShared, handle.transactionStatus.isInTransaction {
            giveUp(.transactionLeftOpen)
        }
        stopBegan = nil
        output.stops = stopHead() || output.stops
    }

    /// Undoes what an exchange of one task among others has changed of the session: before anybody
    /// knows that it is over, so that whoever has the connection next comes behind it.
    private mutating func resetSession(
        after exchange: PostgresExchange, _ output: inout LinkOutput
    ) {
        guard settings.resetsSessions, exchange.isShared, exchange.failure == nil,
            exchange.results.contains(where: { $0.tag?.changesSession == true })
        else { return }
        let reset = PostgresExchange.sessionReset
        limit(reset)
        pipeline.putBack(reset)
        output.setsTimer = watch(reset) || output.setsTimer
    }

    /// Whether it may have failed only since a prepared statement was no good any more; it is then
    /// prepared anew the next time.
    private mutating func mendStatements(after exchange: PostgresExchange) -> Bool {
        guard case .refused(let error, let step?) = exchange.failure, exchange.failedAsPrepared,
            case .statement(let statement) = exchange.steps[step].work,
            error.mayBeStale(statement)
        else { return false }
        if let name = statements.forget(statement.key), !error.isForgottenStatement {
            outdated.append(name)
        }
        return true
    }

    private func wasHitByMistake(_ entry: PipelineState<PostgresExchange>.Entry) -> Bool {
        guard entry.isExposed, !entry.isUnwanted,
            case .refused(let error, _) = entry.exchange.failure
        else { return false }
        return error.isStopped
    }

    private func mayRepeat(_ exchange: PostgresExchange, _ handle: PostgresHandle) -> Bool {
        exchange.standsAlone && !handle.transactionStatus.isInTransaction
            && exchange.attempts < Self.maximumAttempts
            && !exchange.isUnwanted.load(ordering: .acquiring) && exchange.stream?.hasBegun != true
    }

    // MARK: Stopping

    /// Stops an exchange.
    mutating func stop(_ exchange: PostgresExchange) -> PipelineState<PostgresExchange>.Stop {
        if pipeline.head?.exchange === exchange { endRows("the task was cancelled") }
        let stop = pipeline.stop(exchange, mayRemove: exchange.isShared)
        if stop == .request { stopBegan = stopBegan ?? .now }
        return stop
    }

    /// Whether to send a request for the head, which is then on its way.
    mutating func stopHead() -> Bool {
        guard pipeline.beginStopping() else { return false }
        stopBegan = stopBegan ?? .now
        return true
    }

    /// When to look again, at what has to be stopped and whether it was.
    func nextLook(_ now: Moment, interval: Duration) -> Moment {
        guard let stopBegan else { return watchTime }
        let end = min(stopBegan + settings.stopTimeout, watchTime)
        return pipeline.isStopping ? end : min(end, now + interval)
    }

    /// Drops the rows of an exchange from now on.
    ///
    /// - Returns: Whether reading had paused, and goes on.
    mutating func abandonRows(of exchange: PostgresExchange) -> Bool {
        exchange.stream?.abandon()
        limit(exchange)
        return resume()
    }

    /// Goes on reading after rows were taken.
    mutating func resume() -> Bool {
        defer { isPaused = false }
        return isPaused
    }

    // MARK: The end

    /// Nothing is sent any more; the event thread does the rest.
    mutating func giveUp(_ error: StorageError) { loss = loss ?? error }

    /// Ends all that is under way.
    ///
    /// - Returns: The handle, for whoever watches its socket to let go of.
    mutating func end(into output: inout LinkOutput) -> PostgresHandle? {
        let reason = loss ?? .linkClosed
        loss = reason
        let (sent, pending) = pipeline.removeAll()
        for entry in sent {
            entry.exchange.lose(reason)
            output.end(entry.exchange, .unknown)
        }
        for exchange in pending {
            if exchange.isShared {
                output.homeless.append(exchange)
            } else {
                exchange.failure = .lost(reason, wasSent: false)
                output.end(exchange, .unknown)
            }
        }
        return handle.take()
    }
}

extension PostgresExchange {
    /// The connection was lost under it.
    ///
    /// A step that was refused is not done, whatever came after.
    fileprivate func lose(_ reason: StorageError) {
        if case .refused(_, _?) = failure { return }
        failure = .lost(reason, wasSent: true)
    }

    /// Makes room for the rows of a part whose results are about to come.
    fileprivate func begin(_ part: PipelineState<PostgresExchange>.Part) {
        guard case .step(let index, let entry) = part else { return }
        let rows: Int
        switch steps[index].demand {
        case .none, .stream: return
        case .first: rows = 1
        // One more shows that there are more.
        case .upTo(let limit): rows = limit == .max ? limit : limit + 1
        }
        results[index].block = RowBlock(size: .init(rows: rows, bytes: .max), shape: entry?.shape)
    }

    /// What the rows of a step look like, if any has come.
    fileprivate func shape(of step: Int) -> RowShape? {
        results[step].block?.shape ?? stream?.filling.shape
    }

    /// Where the rows of a part go.
    func block(for part: PipelineState<PostgresExchange>.Part?) -> RowBlock? {
        guard case .step(let index, _) = part else { return nil }
        switch steps[index].demand {
        case .none: return nil
        case .first, .upTo: return results[index].hasOverflowed ? nil : results[index].block
        case .stream: return stream?.isAbandoned == true ? nil : stream?.filling
        }
    }
}

extension StorageError {
    fileprivate static var transactionLeftOpen: StorageError {
        StorageError(
            code: .invalidState, message: "a statement left a transaction open; use withTransaction"
        )
    }

    fileprivate static var sessionUnknown: StorageError {
        StorageError(
            code: .unavailable,
            message: "the connection could not be made as it was for others, and is given up")
    }

    fileprivate static var linkClosed: StorageError {
        StorageError(code: .invalidState, message: "the connection was closed")
    }
}
