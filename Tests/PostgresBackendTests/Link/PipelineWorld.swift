import StorageKit
import StorageKitTesting
import Testing

@testable import PostgresBackend

/// A pipeline of exchanges, a server that is at one of them, requests to stop that arrive late, and
/// callers who give up, in random order.
///
/// The world follows the rules of the link: what was stopped by mistake is sent again. The server
/// is the judge: it knows what it has done, and what it was at when a request arrived.
struct PipelineWorld {
    final class Exchange: PipelineMember {
        let number: Int
        let parts: Int
        /// Whether it runs until it is stopped.
        let isEndless: Bool
        let needsLinkAlone: Bool

        init(_ number: Int, parts: Int, isEndless: Bool, needsLinkAlone: Bool) {
            self.number = number
            self.parts = parts
            self.isEndless = isEndless
            self.needsLinkAlone = needsLinkAlone
        }
    }

    /// What the server has made of one that was sent.
    private struct Job {
        let exchange: Exchange
        var isOver = false
        var wasStopped = false
    }

    var pipeline = PipelineState<Exchange>()
    private var generator: SeededGenerator
    private var exchanges: [Exchange] = []
    private var cancelled: Set<Int> = []
    private var ends: [Int: String] = [:]
    /// What was sent and is not over for the client, in order.
    private var jobs: [Job] = []
    /// Whether a request to stop is on its way to the server.
    private var requestIsUnderWay = false
    private var done: [Int: Int] = [:]
    private var sentOnce: [Int] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func step() {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<4: submit()
        case 4..<8: send()
        case 8..<11: serve()
        case 11..<14: read()
        case 14..<16: cancel()
        case 16..<18: arrive()
        case 18: lookAgain()
        default: if Int.random(in: 0..<8, using: &generator) == 0 { lose() }
        }
        check()
    }

    /// Lets everything come to its end; whatever does not end by itself is given up by its caller.
    mutating func drain() {
        for exchange in exchanges where exchange.isEndless && ends[exchange.number] == nil {
            cancel(exchange)
        }
        var rounds = 0
        while pipeline.count > 0, rounds < 10_000 {
            send()
            serve()
            arrive()
            read()
            lookAgain()
            rounds += 1
        }
        #expect(pipeline.count == 0 && jobs.isEmpty, "something was left over")
        #expect(ends.count == exchanges.count, "an exchange has no end")
        for (number, how) in ends where how == "done" {
            #expect(done[number] == 1, "done so often, and said to be done once")
        }
        for (number, how) in ends where how == "removed" || how == "stopped" {
            #expect(done[number] == nil && cancelled.contains(number))
        }
    }

    // MARK: Callers

    private mutating func submit() {
        let exchange = Exchange(
            exchanges.count, parts: Int.random(in: 1...3, using: &generator),
            isEndless: Int.random(in: 0..<4, using: &generator) == 0,
            needsLinkAlone: Int.random(in: 0..<6, using: &generator) == 0)
        exchanges.append(exchange)
        pipeline.submit(exchange)
    }

    private mutating func cancel() {
        guard let exchange = exchanges.randomElement(using: &generator) else { return }
        cancel(exchange)
    }

    private mutating func cancel(_ exchange: Exchange) {
        let isOver = ends[exchange.number] != nil
        let isSent = jobs.contains { $0.exchange === exchange }
        if !isOver { cancelled.insert(exchange.number) }
        let isHeadUnwanted = jobs.first.map { cancelled.contains($0.exchange.number) } ?? false
        switch pipeline.stop(exchange) {
        case .absent: #expect(isOver, "it is here, and was not found")
        case .removed:
            #expect(!isSent)
            end(exchange, "removed")
        case .request:
            #expect(isHeadUnwanted && !requestIsUnderWay, "a request that would hit another")
            requestIsUnderWay = true
        case .wait:
            #expect(isSent && (!isHeadUnwanted || requestIsUnderWay), "nobody stops it")
        }
    }

    private mutating func end(_ exchange: Exchange, _ how: String) {
        #expect(ends[exchange.number] == nil, "exchange \(exchange.number) ended twice")
        ends[exchange.number] = how
    }

    // MARK: The link

    private mutating func send() {
        while let exchange = pipeline.nextToSend() {
            #expect(!requestIsUnderWay, "sent into the path of a request")
            #expect(ends[exchange.number] == nil, "sent although it is over")
            if !sentOnce.contains(exchange.number) { sentOnce.append(exchange.number) }
            pipeline.didSend(
                exchange, (0..<exchange.parts).map { .step($0, nil) },
                isUnwanted: cancelled.contains(exchange.number))
            jobs.append(Job(exchange: exchange))
            #expect(
                jobs.count == 1 || !jobs.contains(where: \.exchange.needsLinkAlone),
                "one that needs the link alone has company")
        }
    }

    /// Reads the answer to the head, if the server has given it.
    private mutating func read() {
        guard let job = jobs.first, job.isOver, let head = pipeline.head else { return }
        #expect(head.exchange === job.exchange, "the answer to another one")
        for _ in 0..<job.exchange.parts {
            #expect(pipeline.head?.part != nil)
            pipeline.begin()
            pipeline.endPart()
        }
        #expect(pipeline.head?.part == nil, "more parts than were sent")
        jobs.removeFirst()
        guard let entry = pipeline.endHead() else { return }
        ended(entry, job)
        lookAgain()
    }

    private mutating func ended(_ entry: PipelineState<Exchange>.Entry, _ job: Job) {
        guard job.wasStopped else { return end(job.exchange, "done") }
        if entry.isUnwanted { return end(job.exchange, "stopped") }
        #expect(entry.isExposed, "a neighbour was stopped, and nobody knows why")
        pipeline.putBack(job.exchange)
    }

    /// Asks once more, as one does after a while and when the head has changed.
    private mutating func lookAgain() {
        let isStoppable = pipeline.head?.isUnwanted == true && !requestIsUnderWay
        let asks = pipeline.beginStopping()
        #expect(asks == isStoppable)
        if asks { requestIsUnderWay = true }
    }

    private mutating func lose() {
        let (sent, pending) = pipeline.removeAll()
        #expect(sent.map(\.exchange.number) == jobs.map(\.exchange.number))
        for exchange in sent.map(\.exchange) + pending { end(exchange, "lost") }
        jobs = []
        if requestIsUnderWay { arrive() }
    }

    // MARK: The server

    /// Comes to the end of what it is at, unless it has none.
    private mutating func serve() {
        guard let index = jobs.firstIndex(where: { !$0.isOver }) else { return }
        guard !jobs[index].exchange.isEndless else { return }
        jobs[index].isOver = true
        done[jobs[index].exchange.number, default: 0] += 1
    }

    /// A request arrives, and stops whatever the server is at.
    private mutating func arrive() {
        guard requestIsUnderWay else { return }
        if let index = jobs.firstIndex(where: { !$0.isOver }) {
            jobs[index].isOver = true
            jobs[index].wasStopped = true
        }
        requestIsUnderWay = false
        pipeline.didStop()
    }

    private func check() {
        #expect(pipeline.isStopping == requestIsUnderWay)
        #expect(pipeline.head?.exchange === jobs.first?.exchange)
        #expect(sentOnce == sentOnce.sorted(), "not sent in the order of arrival")
        #expect(pipeline.count == exchanges.count - ends.count, "one was lost, or is here twice")
    }
}
