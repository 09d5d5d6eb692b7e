internal import StorageKit
internal import Synchronization

/// COPY: the one thing that leaves pipeline mode.
extension LinkCore {
    /// Whether a COPY is under way that waits for rows.
    var takesRows: Bool { pipeline.head?.exchange.takesRows == true }

    /// Sends a COPY; everything before it is over.
    func sendCopy(
        _ exchange: PostgresExchange, on handle: PostgresHandle,
        _ parts: inout [PipelineState<PostgresExchange>.Part]
    ) -> Bool {
        guard case .copy(let text) = exchange.steps.first?.work else { return false }
        parts.append(.step(0, nil))
        return handle.exitPipeline() && handle.send(command: text)
    }

    /// The next thing that came for an exchange.
    func next(
        of exchange: PostgresExchange, _ part: PipelineState<PostgresExchange>.Part?,
        _ handle: PostgresHandle
    ) -> PostgresEvent {
        let block = exchange.block(for: part)
        guard exchange.copy.phase == .giving else { return handle.next(into: block) }
        let event = handle.nextCopied(into: block)
        if case .ended = event {
            // What follows the rows is the statement's result.
            exchange.copy.phase = .ending
            return handle.next(into: block)
        }
        return event
    }

    /// The server has begun to take rows, or to give them.
    mutating func copyBegan(_ exchange: PostgresExchange, _ takesRows: Bool) {
        guard exchange.needsLinkAlone else { return giveUp(.copyOutOfPlace) }
        exchange.copy.phase = takesRows ? .taking : .giving
        // Whoever asked for rows has none to give.
        if takesRows, exchange.stream != nil { return endRows("there are no rows") }
        if exchange.isUnwanted.load(ordering: .acquiring) { endRows("the task was cancelled") }
    }

    /// Takes rows to be sent.
    ///
    /// libpq would keep in memory what the socket does not take, without a bound: whoever gives
    /// rows waits for his turn.
    mutating func put(_ bytes: UnsafeRawBufferPointer, of exchange: PostgresExchange) {
        guard let handle, loss == nil, exchange.takesRows else { return }
        guard handle.put(bytes) else { return giveUp(.connectionLost(handle.message)) }
        flush()
    }

    /// Says that there are no more rows for the COPY that is under way, if one is.
    ///
    /// - Parameter failure: Why those before are worth nothing, for the server's log.
    mutating func endRows(_ failure: String?) {
        guard let handle, loss == nil, let exchange = pipeline.head?.exchange, exchange.takesRows
        else { return }
        exchange.copy.phase = .ending
        let isTaken = handle.endRows(failure)
        if !isTaken, !handle.isBroken { return giveUp(.connectionLost(handle.message)) }
        if !handle.isBroken { flush() }
    }

    /// A COPY is over, and what comes next is pipelined again.
    mutating func endCopy(_ handle: PostgresHandle, _ output: inout LinkOutput) {
        guard handle.enterPipeline() else { return giveUp(.connectionLost(handle.message)) }
        endHead(handle, &output)
    }

    /// Lets whoever gives rows go on, when the socket takes more.
    func deliverTurn(into output: inout LinkOutput) {
        guard loss == nil, let exchange = pipeline.head?.exchange, exchange.takesRows else {
            return
        }
        output.deliverTurn(exchange, isBlocked: isBlocked)
    }
}

extension PostgresExchange {
    /// Whether it is a COPY that waits for rows.
    var takesRows: Bool { needsLinkAlone && copy.phase == .taking }
}

extension StorageError {
    fileprivate static var copyOutOfPlace: StorageError {
        StorageError(
            code: .unsupported,
            message: "COPY is not a statement to be executed; use insert(_:into:) and copyOut(_:)")
    }
}
