import StorageKit
internal import Synchronization

/// Reading; on the event thread.
extension RedisConnection {
    /// So many reads in a row, so that one busy connection does not starve the others.
    private static let readsPerTurn = 16

    /// Reads what is there, and breaks the link when it is no good any more.
    func readAll() {
        do throws(StorageError) {
            try readAvailable()
        } catch {
            guard error.code != .limitExceeded else { return giveUpReply(error) }
            // What is not Redis, or does not take our certificate, shows itself in its first bytes,
            // and nobody is to wait for it to change.
            breakLink(error, isPermanent: !error.isRetryable && !driver.hasProvenItself)
        }
    }

    /// A reply is too large: that is one caller's doing, and nothing is wrong with the server.
    private func giveUpReply(_ error: StorageError) {
        state.withLock { $0.queue.failFirst(error, into: &driver.resumptions) }
        Self.resume(&driver.resumptions)
        breakLink(
            StorageError(
                code: .unavailable,
                message: "the connection was given up, as the answer to another call on it was "
                    + "too large"))
    }

    /// Goes on reading after the sink had enough.
    func resumeReading() {
        loop.enqueue { _ in
            // The link may be gone meanwhile, and nothing is ready of the one in the making.
            guard case .ready = self.driver.phase, self.driver.isReadingPaused else { return }
            self.driver.isReadingPaused = false
            // What the channel holds already would not make the descriptor readable.
            self.ready(readable: true, writable: false)
        }
    }

    private func readAvailable() throws(StorageError) {
        guard let buffer = driver.registration?.thread.readBuffer else { return }
        var reads = 0
        while let channel = driver.channel, !driver.isReadingPaused {
            let progress = try read(channel, into: buffer)
            guard case .done(let count) = progress else {
                if progress == .endOfStream { throw Self.ended }
                return
            }
            try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            reads += 1
            // A bare socket that has more to give says so again.
            guard !channel.isFullDuplex || count == buffer.count && reads < Self.readsPerTurn
            else { return }
        }
    }

    private func read(
        _ channel: any ByteChannel, into buffer: UnsafeMutableRawBufferPointer
    ) throws(StorageError) -> ChannelProgress {
        if channel.isFullDuplex { return try channel.read(into: buffer) }
        return try output.withLock { _ throws(StorageError) in try channel.read(into: buffer) }
    }

    /// Parses bytes and hands on the replies before a failure, if there is one.
    private func take(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
        driver.lastSign = .now
        var failure: StorageError?
        do throws(StorageError) {
            try driver.reader?.feed(bytes) { driver.replies.append($0) }
        } catch {
            failure = error
        }
        defer { driver.forgetReplies() }
        try deliver()
        if let failure { throw failure }
    }

    private func deliver() throws(StorageError) {
        if case .greeting(let answered) = driver.phase { deliverGreeting(from: answered) }
        guard !driver.replies.isEmpty, case .ready = driver.phase else { return }
        driver.hasProvenItself = true
        if let sink {
            driver.isReadingPaused = !sink.received(driver.replies)
            return
        }
        let areDue = state.withLock { state in
            state.receive(driver.replies, into: &driver.resumptions)
        }
        if driver.resumptions.count == 1 { driver.registration?.thread.expectsAnswer = true }
        let last = areDue ? nil : driver.replies.last
        driver.forgetReplies()
        Self.resume(&driver.resumptions)
        if !areDue { throw unasked(last) }
    }

    private func deliverGreeting(from answered: Int) {
        let answers = driver.replies.prefix(settings.greeting.replyCount - answered)
        for (step, reply) in zip(answered..., answers) {
            driver.identity = settings.greeting.identity(in: reply, to: step) ?? driver.identity
            guard let (error, isPermanent) = settings.greeting.error(in: reply, to: step) else {
                continue
            }
            driver.replies = []
            return breakLink(error, isPermanent: isPermanent)
        }
        driver.replies.removeFirst(answers.count)
        driver.phase = .greeting(answered: answered + answers.count)
        if answered + answers.count == settings.greeting.replyCount { becomeReady() }
    }

    /// A reply that nobody asked for: a farewell, or the stream is out of step.
    private func unasked(_ reply: RedisReply?) -> StorageError {
        guard case .error(let refusal) = reply else {
            return StorageError(
                code: .corrupted,
                message: "the server sent a reply that nobody asked for; the connection is closed")
        }
        return StorageError(
            code: .unavailable, message: "the server ended the connection: \(refusal.message)")
    }

    private static var ended: StorageError {
        StorageError(code: .unavailable, message: "the server closed the connection")
    }
}
