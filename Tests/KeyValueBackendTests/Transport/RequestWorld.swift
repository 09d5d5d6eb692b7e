import StorageKit
import StorageKitTesting
import Testing

@testable import KeyValueBackend

/// A queue of requests, a server that executes what has arrived, and callers who come and go, in
/// random order.
///
/// The server is the judge: it knows what it has executed. Waiters are the numbers of their
/// requests, and the reply to a command is its own number, so that a shifted reply shows.
struct RequestWorld {
    var queue: RequestQueue<Int>
    private var generator: SeededGenerator
    private var now = Moment(nanoseconds: 0)

    // What was asked.
    private var effects: [RedisCommand.Effect] = []
    private var sizes: [Int] = []
    private var wires: [ObjectIdentifier: Int] = [:]
    private var kept: [WireCommand] = []
    private var tickets: [RequestTicket] = []

    // The link: what was handed out, what of it was accepted, executed, and answered.
    private var stream: [(request: Int, end: UInt64)] = []
    private var handedOut: UInt64 = 0
    private var acceptedBytes: UInt64 = 0
    private var executed = 0
    private var answers: [RedisReply] = []

    // What became of it.
    private(set) var executions: [Int: Int] = [:]
    private(set) var outcomes: [Int: RequestOutcome] = [:]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let limit = Int.random(in: 1...12, using: &generator)
        queue = RequestQueue(limit: limit, retries: Int.random(in: 0...3, using: &generator))
    }

    var submitted: Int { effects.count }

    mutating func step() {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<6: submit()
        case 6..<10: handOut()
        case 10..<13: accept()
        case 13..<17: answer()
        case 17: cancel()
        case 18: passTime()
        default: disturb()
        }
        check()
    }

    /// Lets everything that is still there come to its end, over links that hold.
    mutating func drain() {
        var rounds = 0
        while !queue.isEmpty, rounds < 100_000 {
            handOut()
            acceptedBytes = handedOut
            acceptRest()
            execute()
            answer()
            rounds += 1
        }
    }

    private mutating func submit() {
        let number = effects.count
        let effect: [RedisCommand.Effect] = [.reads, .changesIdempotently, .changes]
        let size = Int.random(in: 0..<4, using: &generator) == 0 ? 3 : 1
        let commands = (0..<size).map { RedisCommand("C", ByteString("\(number):\($0)")) }
        let wire = WireCommand(commands)
        effects.append(effect.randomElement(using: &generator) ?? .changes)
        sizes.append(size)
        wires[ObjectIdentifier(wire)] = number
        kept.append(wire)
        let deadline = now + .nanoseconds(Int.random(in: 1...40, using: &generator))
        tickets.append(
            queue.submit(
                Request(
                    waiter: number, wire: wire, effect: effects[number], isBatch: size > 1,
                    submitted: now, deadline: deadline)))
    }

    private mutating func handOut() {
        guard queue.canSend || Bool.random(using: &generator), let wire = queue.nextToSend() else {
            return
        }
        guard let number = wires[ObjectIdentifier(wire)] else {
            Issue.record("bytes that nobody submitted")
            return
        }
        #expect(outcomes[number] == nil, "sent although it is over")
        let part = UInt64(wire.firstCommandByteCount)
        for index in 1...sizes[number] {
            stream.append((number, handedOut + part * UInt64(index)))
        }
        handedOut += UInt64(wire.byteCount)
    }

    private mutating func accept() {
        guard acceptedBytes < handedOut else { return }
        let count = UInt64.random(in: 1...(handedOut - acceptedBytes), using: &generator)
        acceptedBytes += count
        queue.accepted(Int(count))
        execute()
    }

    private mutating func acceptRest() {
        let rest = acceptedBytes - queue.acceptedBytes
        if rest > 0 { queue.accepted(Int(rest)) }
    }

    private mutating func execute() {
        while executed < stream.count, stream[executed].end <= acceptedBytes {
            let number = stream[executed].request
            executions[number, default: 0] += 1
            answers.append(.integer(Int64(number)))
            executed += 1
        }
    }

    private mutating func answer() {
        guard !answers.isEmpty else { return }
        let count = Int.random(in: 1...answers.count, using: &generator)
        var resumptions: [Resumption<Int>] = []
        for reply in answers.prefix(count) {
            #expect(queue.receive(reply, into: &resumptions), "a due reply was not expected")
        }
        answers.removeFirst(count)
        note(resumptions)
    }

    private mutating func cancel() {
        guard let ticket = tickets.randomElement(using: &generator) else { return }
        guard let (resumption, _) = queue.cancel(ticket) else {
            #expect(outcomes[Int(ticket.number)] != nil, "a waiting request was not found")
            return
        }
        #expect(resumption.waiter == Int(ticket.number))
        note([resumption])
    }

    private mutating func passTime() {
        now = now + .nanoseconds(Int.random(in: 1...20, using: &generator))
        var resumptions: [Resumption<Int>] = []
        let (next, _) = queue.expire(now, into: &resumptions)
        #expect(next > now)
        note(resumptions)
    }

    private mutating func disturb() {
        var resumptions: [Resumption<Int>] = []
        let error = StorageError(code: .unavailable, message: "lost")
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: queue.failAll(error, into: &resumptions)
        case 1..<4 where stream.isEmpty: queue.failToConnect(error, into: &resumptions)
        default: queue.breakLink(error, into: &resumptions)
        }
        (stream, handedOut, acceptedBytes, executed, answers) = ([], 0, 0, 0, [])
        queue.startLink()
        note(resumptions)
    }

    private mutating func note(_ resumptions: [Resumption<Int>]) {
        for resumption in resumptions {
            let number = resumption.waiter
            #expect(outcomes[number] == nil, "request \(number) was resumed twice")
            outcomes[number] = resumption.outcome
            judge(number, resumption.outcome)
        }
    }

    /// Whether the outcome is the truth.
    private func judge(_ number: Int, _ outcome: RequestOutcome) {
        let own = RedisReply.integer(Int64(number))
        switch outcome {
        case .reply(let reply): #expect(reply == own && sizes[number] == 1)
        case .replies(let replies):
            #expect(replies == Array(repeating: own, count: sizes[number]))
        case .failed(_, let mayHaveBeenApplied):
            if effects[number] == .reads { #expect(!mayHaveBeenApplied) }
        }
    }

    private func check() {
        #expect(queue.outstanding >= 0 && queue.backlog >= 0)
        #expect(queue.outstanding <= max(queue.limit, 3), "the window was exceeded")
    }

    /// What must hold when everything is over.
    func checkEnd() {
        #expect(queue.isEmpty && queue.outstanding == 0 && queue.backlog == 0)
        #expect(outcomes.count == submitted, "a request was never resumed")
        for (number, outcome) in outcomes { checkEnd(number, outcome) }
    }

    private func checkEnd(_ number: Int, _ outcome: RequestOutcome) {
        let count = executions[number] ?? 0
        if effects[number] == .changes {
            #expect(count <= sizes[number], "a request that must not be repeated was")
        }
        guard case .failed(_, let mayHaveBeenApplied) = outcome else {
            #expect(count >= sizes[number])
            return
        }
        if !mayHaveBeenApplied, effects[number] != .reads {
            #expect(count == 0, "executed, and said to be not")
        }
    }
}
