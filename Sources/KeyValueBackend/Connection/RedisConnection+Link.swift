import StorageKit
internal import Synchronization

/// Opening and breaking links; on the event thread.
extension RedisConnection {
    /// Begins to open a link, which ``ConnectionState`` has decided on.
    func openLink(on thread: EventThread) {
        guard state.withLock({ $0.link == .opening }) else { return }
        if driver.registration == nil { driver.registration = (thread, thread.add(self)) }
        let attempt = LinkAttempt(settings.endpoint, deadline: .now + settings.connectTimeout)
        driver.phase = .attempting(attempt)
        driver.linkTimer = attempt.deadline
        switch settings.endpoint.place {
        case .unix(let path):
            go(on: attempt) { () throws(StorageError) in
                try attempt.resolved([SocketAddress(unixSocket: path)])
            }
        case .tcp(let host, let port):
            AddressResolver.resolve(host: host, port: port) { [weak self] outcome in
                self?.hand(outcome)
            }
        }
        service()
    }

    private func hand(_ outcome: AddressResolver.Outcome) {
        loop.enqueue { _ in self.resolved(outcome) }
    }

    private func resolved(_ outcome: AddressResolver.Outcome) {
        // A late answer may find another attempt, for which it is as good.
        guard case .attempting(let attempt) = driver.phase, attempt.isResolving else { return }
        go(on: attempt) { () throws(StorageError) in try attempt.resolved(outcome.get()) }
    }

    /// Takes one step of an attempt and waits for the next.
    func go(
        on attempt: LinkAttempt, step: () throws(StorageError) -> LinkAttempt.Progress
    ) {
        guard let (thread, key) = driver.registration else { return }
        do throws(StorageError) {
            switch try step() {
            case .waits(let descriptor, let readable, let writable):
                thread.watch(key, descriptor: descriptor, readable: readable, writable: writable)
                driver.linkTimer = attempt.turn
            case .connected: try connected(attempt, thread, key)
            }
        } catch {
            // Nobody is to wait for what will not pass, such as a certificate not believed.
            breakLink(error, isPermanent: !error.isRetryable)
        }
        armTimer()
    }

    private func connected(
        _ attempt: LinkAttempt, _ thread: EventThread, _ key: Int
    ) throws(StorageError) {
        driver.reader = try ReplyReader(maximumReplyBytes: settings.maximumReplyBytes)
        guard let channel = attempt.takeChannel() else { return }
        driver.channel = channel
        driver.linkTimer = attempt.deadline
        thread.watch(key, descriptor: channel.descriptor, readable: true, writable: false)
        output.withLock { output in
            output.channel = channel
            if let greeting = settings.greeting.wire { output.buffer.append(greeting) }
        }
        driver.phase = .greeting(answered: 0)
        guard settings.greeting.wire != nil else { return becomeReady() }
        if write() { service(hasWritten: true) }
    }

    func becomeReady() {
        driver.phase = .ready
        driver.linkTimer = .never
        driver.lastSign = .now
        state.withLock { $0.becomeReady(identity: driver.identity) }
        sink?.established()
        service()
    }

    /// The link is lost, or was not to be had.
    ///
    /// - Parameter isPermanent: Whether the next attempt would fare no better, so that nobody is to
    ///   wait for it.
    func breakLink(_ error: StorageError, isPermanent: Bool = false) {
        let pause = pauseAfterBreak(isPermanent: isPermanent)
        let isSuspicious = driver.hasProvenItself
        closeLink { state, resumptions in
            state.breakLink(
                error, isPermanent: isPermanent, isSuspicious: isSuspicious, into: &resumptions)
        }
        sink?.lost(error)
        driver.linkTimer = .now + pause
        service()
    }

    /// A link that had served well is replaced at once, otherwise the server gets a rest.
    private func pauseAfterBreak(isPermanent: Bool) -> Duration {
        if driver.hasProvenItself, !isPermanent {
            driver.backOff.succeed()
            return .zero
        }
        return driver.backOff.fail(using: &driver.generator)
    }

    /// An exclusive connection's caller went away while the server was at work for it.
    func breakAbandoned() {
        guard case .ready = driver.phase, state.withLock({ $0.isDoomed }) else { return }
        breakLink(
            StorageError(code: .unavailable, message: "the connection's caller went away"))
    }

    /// Ends the connection.
    func shutDown(_ error: StorageError) {
        guard state.withLock({ $0.link != .closed }) else { return }
        closeLink { state, resumptions in state.close(error, into: &resumptions) }
        if let (thread, key) = driver.registration { thread.remove(key) }
        driver.registration = nil
        sink?.closed()
        resumeClosers()
    }

    /// Closes what is open and changes the state, so that nobody writes in between.
    private func closeLink(
        _ change: (inout ConnectionState<Waiter>, inout [Resumption<Waiter>]) -> Void
    ) {
        if let (thread, key) = driver.registration { thread.stopWatching(key) }
        if case .attempting(let attempt) = driver.phase { attempt.cancel() }
        output.withLock { output in
            output.channel?.close()
            output = Output()
            state.withLock { change(&$0, &driver.resumptions) }
        }
        driver.channel = nil
        driver.reader = nil
        driver.identity = nil
        driver.phase = .none
        driver.hasProvenItself = false
        driver.isReadingPaused = false
        Self.resume(&driver.resumptions)
    }
}
