internal import StorageKit
internal import Synchronization

/// Rows on their way into a COPY.
extension PostgresLink {
    /// Waits until a COPY takes rows, or takes more of them, or is over.
    func turn(of exchange: PostgresExchange) async -> CopyState.Turn {
        await Self.withWaiter { waiter in
            let (turn, needsTimer) = core.withLock { core in
                // A connection that is lost takes nothing; its end is on its way.
                let turn = exchange.copy.turn(isBlocked: core.isBlocked || core.loss != nil)
                guard turn == nil else { return (turn, false) }
                exchange.copy.wait(waiter)
                core.limit(exchange)
                return (turn, core.watch(exchange))
            }
            if needsTimer { enqueueTimer() }
            if let turn { waiter.resume(returning: turn) }
        }
    }

    /// Sends rows; whoever calls waits for his turn before he calls again.
    func put(_ bytes: UnsafeRawBufferPointer, of exchange: PostgresExchange) {
        change { $0.put(bytes, of: exchange) }
    }

    /// Says that there are no more rows.
    ///
    /// - Parameter failure: Why those before are worth nothing; `nil` if they are to stay.
    func endRows(of exchange: PostgresExchange, _ failure: String? = nil) {
        change { core in
            if core.pipeline.head?.exchange === exchange { core.endRows(failure) }
        }
    }

    /// What the server says of one of its settings, of those that it reports.
    func setting(_ name: String) -> String? { core.withLock { $0.handle?.setting(name) } }

    private func change(_ body: (inout LinkCore) -> Void) {
        let needsThread = core.withLock { core in
            body(&core)
            return core.needsThread
        }
        if needsThread { loop.signal(self) }
    }
}
