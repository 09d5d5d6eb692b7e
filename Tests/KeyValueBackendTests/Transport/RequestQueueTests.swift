import StorageKit
import Testing

@testable import KeyValueBackend

@Suite("The queue of requests, as a state machine")
struct RequestQueueTests {
    typealias Queue = RequestQueue<Int>

    private func request(
        _ waiter: Int, effect: RedisCommand.Effect = .changes, submitted: Int64 = 0,
        deadline: Int64 = .max
    ) -> Request<Int> {
        Request(
            waiter: waiter, wire: RedisCommand("PING", effect: effect).wire, effect: effect,
            submitted: Moment(nanoseconds: submitted), deadline: Moment(nanoseconds: deadline))
    }

    private let lost = StorageError(code: .unavailable, message: "lost")

    @Test("in 3000 random worlds each request ends once, with its own reply or the truth")
    func random() {
        for seed in 0..<3000 {
            var world = RequestWorld(seed: transportSeed &+ UInt64(seed))
            for _ in 0..<150 { world.step() }
            world.drain()
            world.checkEnd()
        }
    }

    @Test("replies come to the requests in their order")
    func order() {
        var queue = Queue(limit: 10, retries: 0)
        for waiter in 0..<3 { _ = queue.submit(request(waiter)) }
        while queue.nextToSend() != nil {}
        var resumptions: [Resumption<Int>] = []
        for number in 0..<3 { #expect(queue.receive(.integer(Int64(number)), into: &resumptions)) }
        #expect(resumptions.map(\.waiter) == [0, 1, 2])
        #expect(!queue.receive(.null, into: &resumptions), "nobody waits for it")
    }

    @Test("no more than the limit is outstanding, but for a batch that goes alone")
    func window() {
        var queue = Queue(limit: 2, retries: 0)
        for waiter in 0..<3 { _ = queue.submit(request(waiter)) }
        #expect(queue.nextToSend() != nil)
        #expect(queue.nextToSend() != nil)
        #expect(queue.nextToSend() == nil)
        var resumptions: [Resumption<Int>] = []
        _ = queue.receive(.null, into: &resumptions)
        #expect(queue.canSend)
        let batch = WireCommand((0..<5).map { _ in RedisCommand("PING") })
        var alone = Queue(limit: 2, retries: 0)
        _ = alone.submit(
            Request(
                waiter: 1, wire: batch, effect: .reads, isBatch: true,
                submitted: Moment(nanoseconds: 0), deadline: .never))
        #expect(alone.nextToSend() === batch)
    }

    @Test("a silent server has as long as the oldest sent request was given, if that is longer")
    func stalled() {
        var queue = Queue(limit: 10, retries: 0)
        let patience = Duration.nanoseconds(10)
        func isStalled(_ now: Int64, sign: Int64 = 0) -> Bool {
            queue.isStalled(
                Moment(nanoseconds: now), since: Moment(nanoseconds: sign), patience: patience)
        }
        #expect(!isStalled(1000), "nothing is due")
        _ = queue.submit(request(0, deadline: 50))
        _ = queue.submit(request(1, deadline: 10))
        #expect(!isStalled(1000), "nothing was sent")
        while queue.nextToSend() != nil {}
        #expect(!isStalled(49))
        #expect(isStalled(50))
        #expect(!isStalled(59, sign: 10))
        var resumptions: [Resumption<Int>] = []
        _ = queue.receive(.null, into: &resumptions)
        #expect(!isStalled(59, sign: 50))
        #expect(isStalled(60, sign: 50), "the second has the ordinary time")
        _ = queue.receive(.null, into: &resumptions)
        _ = queue.submit(request(2))
        while queue.nextToSend() != nil {}
        #expect(isStalled(70, sign: 60), "one without a deadline has the ordinary time")
    }

    @Test("a silent server has as long as one behind the oldest was given, unless it came too late")
    func stalledBehind() {
        for (submitted, isLate) in [(Int64(9), false), (10, true)] {
            var queue = Queue(limit: 10, retries: 0)
            _ = queue.submit(request(0, deadline: 10))
            _ = queue.submit(request(1, submitted: submitted, deadline: submitted + 50))
            while queue.nextToSend() != nil {}
            let begin = Moment(nanoseconds: 0)
            func isStalled(_ now: Int64) -> Bool {
                queue.isStalled(
                    Moment(nanoseconds: now), since: begin, patience: .nanoseconds(10))
            }
            #expect(!isStalled(9))
            #expect(isStalled(49) == isLate)
            #expect(isStalled(50))
        }
    }

    @Test("without patience the deadlines are looked at once in a while and not all the time")
    func impatience() {
        var state = ConnectionState<Int>(
            limit: 10, retries: 0, refusesWhenFull: false, patience: .zero)
        _ = state.submit(request(0))
        var resumptions: [Resumption<Int>] = []
        let now = Moment(nanoseconds: 5)
        #expect(state.expire(now, into: &resumptions).next >= now + .milliseconds(10))
    }

    @Test("a request whose time is over before it comes is refused")
    func late() {
        var state = ConnectionState<Int>(limit: 10, retries: 0, refusesWhenFull: false)
        guard case .refused(.timedOut) = state.submit(request(0, deadline: 0)) else {
            Issue.record("it was accepted")
            return
        }
        #expect(state.queue.isEmpty && state.link == .absent)
    }

    @Test("a request that breaks one link after the other is not sent again for ever")
    func suspected() {
        var queue = Queue(limit: 10, retries: .max)
        var resumptions: [Resumption<Int>] = []
        for waiter in 0..<2 { _ = queue.submit(request(waiter, effect: .reads)) }
        for _ in 1...Queue.maximumSuspicions {
            #expect(resumptions.isEmpty)
            queue.startLink()
            while queue.nextToSend() != nil {}
            queue.accepted(2 * RedisCommand("PING").wire.byteCount)
            queue.breakLink(lost, isSuspicious: true, into: &resumptions)
        }
        #expect(resumptions.map(\.waiter) == [0], "the one behind it waits for its turn")
        #expect(queue.backlog == 1)
    }

    @Test("a reply that is too large ends its own request, and no other")
    func tooLarge() {
        var queue = Queue(limit: 10, retries: .max)
        var resumptions: [Resumption<Int>] = []
        for waiter in 0..<2 { _ = queue.submit(request(waiter, effect: .reads)) }
        while queue.nextToSend() != nil {}
        queue.failFirst(lost, into: &resumptions)
        queue.breakLink(lost, into: &resumptions)
        #expect(resumptions.map(\.waiter) == [0])
        #expect(queue.backlog == 1)
    }

    @Test("a request that is cancelled before it is sent is not sent")
    func cancelledUnsent() throws {
        var queue = Queue(limit: 10, retries: 0)
        let first = queue.submit(request(0))
        _ = queue.submit(request(1))
        let cancelled = queue.cancel(first)
        let (resumption, isSent) = try #require(cancelled)
        #expect(resumption.waiter == 0 && !isSent)
        #expect(applied(resumption.outcome) == false)
        #expect(queue.nextToSend() != nil)
        #expect(queue.nextToSend() == nil)
    }

    @Test("the reply to a cancelled request is thrown away, the next one's is not")
    func cancelledSent() throws {
        var queue = Queue(limit: 10, retries: 0)
        let first = queue.submit(request(0))
        _ = queue.submit(request(1))
        while queue.nextToSend() != nil {}
        let cancelled = queue.cancel(first)
        let (resumption, isSent) = try #require(cancelled)
        #expect(isSent && applied(resumption.outcome) == true)
        let again = queue.cancel(first)
        #expect(again == nil)
        var resumptions: [Resumption<Int>] = []
        #expect(queue.receive(.integer(0), into: &resumptions))
        #expect(queue.receive(.integer(1), into: &resumptions))
        #expect(resumptions.map(\.waiter) == [1])
        #expect(queue.isEmpty)
    }

    @Test("of a broken link, what had not wholly reached the system was not applied")
    func partlySent() {
        var queue = Queue(limit: 10, retries: 0)
        for waiter in 0..<3 { _ = queue.submit(request(waiter)) }
        while queue.nextToSend() != nil {}
        let size = RedisCommand("PING").wire.byteCount
        queue.accepted(2 * size - 1)
        var resumptions: [Resumption<Int>] = []
        queue.breakLink(lost, into: &resumptions)
        #expect(resumptions.map(\.waiter) == [0, 1, 2])
        #expect(resumptions.map { applied($0.outcome) } == [true, false, false])
    }

    @Test("after a broken link the harmless are sent again in their order, the others end")
    func retries() {
        var queue = Queue(limit: 10, retries: 1)
        let effects: [RedisCommand.Effect] = [.reads, .changes, .changesIdempotently]
        for (waiter, effect) in effects.enumerated() {
            _ = queue.submit(request(waiter, effect: effect))
        }
        while queue.nextToSend() != nil {}
        queue.accepted(3 * RedisCommand("PING").wire.byteCount)
        var resumptions: [Resumption<Int>] = []
        queue.breakLink(lost, into: &resumptions)
        #expect(resumptions.map(\.waiter) == [1])
        queue.startLink()
        #expect(queue.backlog == 2)
        while queue.nextToSend() != nil {}
        queue.breakLink(lost, into: &resumptions)
        // Nothing was accepted the second time, but what changes had arrived over the first link.
        #expect(resumptions.map { applied($0.outcome) } == [true, false, true])
        #expect(queue.isEmpty)
    }

    @Test("what is overdue ends, and the earliest deadline of the rest is known")
    func deadlines() {
        var queue = Queue(limit: 1, retries: 0)
        _ = queue.submit(request(0, deadline: 10))
        _ = queue.submit(request(1, deadline: 30))
        _ = queue.submit(request(2, deadline: 20))
        _ = queue.nextToSend()
        var resumptions: [Resumption<Int>] = []
        let (next, anySent) = queue.expire(Moment(nanoseconds: 20), into: &resumptions)
        #expect(next == Moment(nanoseconds: 30) && anySent)
        #expect(resumptions.map(\.waiter) == [0, 2])
        #expect(resumptions.map { applied($0.outcome) } == [true, false])
    }

    private func applied(_ outcome: RequestOutcome) -> Bool? {
        guard case .failed(_, let mayHaveBeenApplied) = outcome else { return nil }
        return mayHaveBeenApplied
    }
}
