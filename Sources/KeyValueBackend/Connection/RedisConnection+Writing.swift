import StorageKit
internal import Synchronization

extension RedisConnection {
    /// Makes the one write that a caller may make itself.
    func writeInPlace() {
        // More to do than one write: the channel takes no more or has failed, or others have
        // appended meanwhile. All of that is the event thread's.
        if write(atMost: 1) { loop.signal(self) }
    }

    /// Writes what waits, in the order of the requests.
    ///
    /// - Returns: Whether the event thread has something to do now.
    func write(atMost rounds: Int = .max) -> Bool {
        output.withLock { output in
            guard output.channel != nil, output.failure == nil else { return output.failure != nil }
            for _ in 0..<rounds {
                if output.buffer.isEmpty { gather(&output) }
                guard writeBuffer(&output) else { return true }
                guard state.withLock({ $0.endWriting() }) else { return false }
            }
            return true
        }
    }

    /// Copies the commands that are next in the buffer.
    ///
    /// Who was told to write on an earlier link may only now come to it; the new one may have yet
    /// to be greeted.
    private func gather(_ output: inout Output) {
        state.withLock { state in
            guard state.link == .ready, !state.isDoomed else { return }
            while !output.buffer.isFull, let wire = state.queue.nextToSend() {
                output.buffer.append(wire)
            }
        }
    }

    /// Writes the whole buffer.
    ///
    /// - Returns: `false` when the channel takes no more, or is broken.
    private func writeBuffer(_ output: inout Output) -> Bool {
        while !output.buffer.isEmpty {
            do throws(StorageError) {
                let progress = try output.writeNext()
                guard case .done(let count) = progress else {
                    output.waitsToWrite = progress == .wantsToWrite
                    state.withLock { $0.block() }
                    return false
                }
                state.withLock { $0.queue.accepted(count) }
            } catch {
                output.failure = error
                state.withLock { $0.block() }
                return false
            }
        }
        return true
    }
}

extension RedisConnection.Output {
    /// Writes once.
    mutating func writeNext() throws(StorageError) -> ChannelProgress {
        guard let channel else { return .wantsToWrite }
        let progress = try buffer.withNext { bytes throws(StorageError) in
            try channel.write(bytes)
        }
        if case .done(let count) = progress { buffer.consume(count) }
        return progress
    }
}
