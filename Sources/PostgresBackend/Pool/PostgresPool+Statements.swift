internal import StorageKit
internal import Synchronization

/// Statements that share connections.
extension PostgresPool {
    /// Runs an exchange on whichever connection has room.
    func run(_ exchange: PostgresExchange) async -> ExchangeReply {
        await withTaskCancellationHandler {
            await PostgresLink.withWaiter { waiter in
                exchange.waiter = waiter
                submit(exchange)
            }
        } onCancel: {
            stop(exchange)
        }
    }

    func submit(_ exchange: PostgresExchange) {
        let now = Moment.now
        let (outcome, work) = state.withLock { state -> (Outcome, Work) in
            if exchange.isUnwanted.load(ordering: .acquiring) { return (.over(.cancelled), Work()) }
            let decision = state.pool.submit(
                .exchange(exchange), .statement, now: now, deadline: now + settings.patience)
            switch decision {
            case .closed: return (.over(.impossible(.poolClosed)), Work())
            case .granted(let number):
                guard let link = state.links[number] else { return (.over(.homeless), Work()) }
                exchange.place = .link(link)
                return (.granted(link), Work())
            case .waits(let number):
                exchange.place = .waiting(number)
                return (.waits, state.settle())
            }
        }
        switch outcome {
        case .over(let failure): end(exchange, failure)
        case .granted(let link): link.submit(exchange)
        case .waits: carryOut(work)
        }
    }

    /// Nobody wants the exchange any more.
    private func stop(_ exchange: PostgresExchange) {
        exchange.isUnwanted.store(true, ordering: .releasing)
        let (link, work) = state.withLock { state -> (PostgresLink?, Work?) in
            switch exchange.place {
            case .nowhere: return (nil, nil)
            case .link(let link): return (link, nil)
            case .waiting(let number):
                guard state.pool.cancel(number) != nil else { return (nil, nil) }
                return (nil, state.settle())
            }
        }
        if let work {
            end(exchange, .cancelled)
            carryOut(work)
        }
        link?.stop(exchange)
    }

    /// Ends an exchange that has not come to a link.
    func end(_ exchange: PostgresExchange, _ failure: ExchangeFailure) {
        exchange.failure = failure
        exchange.waiter.take()?.resume(returning: exchange.reply(.unknown))
    }

    private enum Outcome {
        case granted(PostgresLink)
        case waits
        case over(ExchangeFailure)
    }
}

extension ExchangeFailure {
    fileprivate static var homeless: ExchangeFailure {
        .lost(.connectionLost(""), wasSent: false)
    }
}
