import Foundation
import Synchronization

/// The thread of a ``TCPProxy``: it owns the state, and everybody else sends it commands.
final class ProxyThread: Sendable {
    typealias Command = @Sendable (inout ProxyState) -> Void

    /// The commands that wait; `nil` when no more are taken.
    private let commands = Mutex<[Command]?>([])
    /// The commands that were waiting when it was stopped.
    private let leftOver = Mutex<[Command]>([])
    private let wakeUpReader: Descriptor
    private let wakeUpWriter: Descriptor
    private let hasEnded = DispatchSemaphore(value: 0)

    private init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw TestFailure.system("pipe") }
        wakeUpReader = Descriptor(owning: ends[0]).closeOnExec().nonBlocking()
        wakeUpWriter = Descriptor(owning: ends[1]).closeOnExec().nonBlocking()
    }

    /// Starts the thread.
    ///
    /// It holds a reference to this object until ``stop()``.
    convenience init(listener: Descriptor, server: UInt16) throws {
        try self.init()
        Thread.detachNewThread {
            self.run(ProxyState(listener: listener, server: server))
            self.hasEnded.signal()
        }
    }

    /// Has the thread run the body and returns what it returned; `nil` when the thread has ended.
    ///
    /// It blocks for the moment that takes: the thread itself never waits for anything else.
    @discardableResult
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (inout ProxyState) -> Value
    ) -> Value? {
        let answer = Answer<Value>()
        submit {
            answer.set(body(&$0))
        } orElse: {
            answer.give()
        }
        return answer.wait()
    }

    /// Has the thread run the command, or calls `orElse` when it has ended.
    func submit(_ command: @escaping Command, orElse: () -> Void) {
        let isTaken = commands.withLock { commands in
            commands?.append(command)
            return commands != nil
        }
        guard isTaken else { return orElse() }
        wakeUp()
    }

    /// Runs what was submitted, closes every socket, and returns when the thread has done so.
    func stop() {
        let isFirst = commands.withLock { commands in
            defer { commands = nil }
            guard let commands else { return false }
            leftOver.withLock { $0 = commands }
            return true
        }
        guard isFirst else { return }
        wakeUp()
        hasEnded.wait()
    }

    private func wakeUp() {
        // A full pipe wakes up as well as one more byte.
        _ = write(wakeUpWriter.number, "w", 1)
    }

    private func run(_ initial: consuming ProxyState) {
        var state = initial
        while let commands = nextCommands() {
            for command in commands { command(&state) }
            state.advance()
            state.answerWaiters(at: .now)
            wait(state)
        }
        for command in leftOver.withLock({ $0 }) { command(&state) }
        for waiter in state.waiters { waiter.fail("it was stopped") }
    }

    private func nextCommands() -> [Command]? {
        commands.withLock { commands in
            defer { if commands != nil { commands = [] } }
            return commands
        }
    }

    /// Waits until a socket is ready, somebody has a command, or a waiter has waited too long.
    private func wait(_ state: borrowing ProxyState) {
        var interests = state.interests
        interests.append(
            pollfd(fd: wakeUpReader.number, events: Int16(POLLIN), revents: 0))
        let limit: Int32 = state.waiters.isEmpty ? -1 : 100
        _ = poll(&interests, nfds_t(interests.count), limit)
        var drained = [UInt8](repeating: 0, count: 64)
        while read(wakeUpReader.number, &drained, drained.count) > 0 {}
    }
}
