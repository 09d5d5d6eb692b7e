@testable import StorageKit

/// One key in a local tier and in a shared one, a writer in this process and one in another, the
/// channel between them, and every step that any of them can take next.
///
/// The listener is the real ``InvalidationListenerState``. What is modelled is ``TieredCache``
/// spelled out, a local tier that keeps the contract of ``Cache`` for one key, and the network:
/// messages wait until they are delivered, get lost with their connection, or with the whole
/// subscription. The shared tier holds the newest version that was invalidated, as if somebody had
/// filled it again at once. The bound is two ticks.
struct TierWorld: ExplorableWorld {
    /// How the tiers behave: as built, or with a rule left out.
    enum Rules: CaseIterable, Sendable {
        case complete
        /// A beat that came back once is believed for ever.
        case noBound
        /// The moment of a beat is noted when it comes back.
        case beatNotedLate
        /// An interruption of the channel is ignored.
        case ignoreInterruption
        /// What was there before a new subscription stays.
        case keepOverOpening
        /// An own invalidation begins with the local tier.
        case localFirst
        /// The others are told before the shared tier has forgotten.
        case toldFirst
        /// The local load is registered after the shared tier was asked.
        case registerLate
    }

    enum Event: Sendable, Equatable {
        case told
        case beat(UInt64)
        case interrupted
    }

    enum Link: Int, Sendable {
        case open, down, closed
    }

    enum ReaderStep: Int, Sendable {
        case begin, lookUp, first, second, publish, done
    }

    struct Reader: Sendable {
        var step = ReaderStep.begin
        /// What it must be given at the least, if it is given a local entry.
        var floor = 0
        var value: Int?
    }

    struct Writer: Sendable {
        var step = 0
        var version = 0
    }

    let rules: Rules
    let sender = CacheSender(rawValue: 1)
    var primary = 0
    var shared = 0
    /// Each acknowledged version of the other process, with its moment.
    var acknowledged: [(version: Int, at: Int)] = []
    var acknowledgedHere = 0
    var now = 0
    var trustedUntil = 0
    /// The version in the local tier, and the reader whose load is registered there.
    var local: (entry: Int?, load: Int?) = (nil, nil)
    var listener: InvalidationListenerState<Int>
    var link = Link.closed
    var queue: [Event] = []
    /// The beats that may come back, and when they were sent.
    var beats: [(number: UInt64, sent: Int)] = []
    var readers: [Reader]
    var remote = Writer()
    var own: Writer?
    var left: Budget

    /// How often what has no end by itself may still happen.
    struct Budget: Sendable {
        var ticks = 2
        var beats = 2
        var cuts = 1
        var losses = 1
    }

    init(_ rules: Rules, readers: Int, hasOwnWriter: Bool, budget: Budget = Budget()) {
        self.rules = rules
        self.readers = Array(repeating: Reader(), count: readers)
        own = hasOwnWriter ? Writer() : nil
        left = budget
        listener = InvalidationListenerState(sender: sender, bound: .seconds(2))
        open()
    }
}

// MARK: What can happen next

extension TierWorld {
    private enum Actor {
        static let remote = 100
        static let own = 101
        static let tick = 102
        static let beat = 103
        static let deliver = 104
        static let cut = 105
        static let heal = 106
        static let lose = 107
        static let open = 108
    }

    var enabled: [Int] {
        var enabled = readers.indices.filter { readers[$0].step != .done }
        if remote.step < 4 { enabled.append(Actor.remote) }
        if let own, own.step < 4 { enabled.append(Actor.own) }
        if left.ticks > 0 { enabled.append(Actor.tick) }
        if left.beats > 0, link != .closed { enabled.append(Actor.beat) }
        if !queue.isEmpty, link != .closed { enabled.append(Actor.deliver) }
        if left.cuts > 0, link == .open { enabled.append(Actor.cut) }
        if link == .down { enabled.append(Actor.heal) }
        if left.losses > 0, link != .closed { enabled.append(Actor.lose) }
        if link == .closed { enabled.append(Actor.open) }
        return enabled
    }

    mutating func step(_ actor: Int) -> String? {
        switch actor {
        case Actor.remote: stepRemote()
        case Actor.own: stepOwn()
        case Actor.tick:
            left.ticks -= 1
            now += 1
        case Actor.beat:
            left.beats -= 1
            carryOut(listener.beatDue(now: .seconds(now)))
        case Actor.deliver: deliver(queue.removeFirst())
        case Actor.cut:
            left.cuts -= 1
            (link, queue) = (.down, [])
        case Actor.heal:
            link = .open
            queue.append(.interrupted)
        case Actor.lose:
            left.losses -= 1
            (link, queue, beats) = (.closed, [], [])
            carryOut(listener.lost())
        case Actor.open: open()
        default: return stepReader(actor)
        }
        return nil
    }

    private mutating func open() {
        link = .open
        carryOut(listener.opened(), isOpening: true)
    }

    private mutating func send(_ event: Event) {
        if link == .open { queue.append(event) }
    }

    private mutating func deliver(_ event: Event) {
        switch event {
        case .told:
            let message = CacheMessage(
                sender: CacheSender(rawValue: 2), content: .invalidated([0]))
            carryOut(listener.heard(.message(message)))
        case .beat(let number):
            let message = CacheMessage<Int>(sender: sender, content: .beat(number))
            carryOut(listener.heard(.message(message)))
            beats.removeAll { $0.number <= number }
        case .interrupted:
            if rules != .ignoreInterruption { carryOut(listener.heard(.interrupted)) }
        }
    }

    private mutating func carryOut(
        _ actions: [InvalidationListenerState<Int>.Action], isOpening: Bool = false
    ) {
        for action in actions {
            switch action {
            case .flush:
                if !isOpening || rules != .keepOverOpening { invalidateLocal() }
            case .drop, .dropTags: invalidateLocal()
            case .trust(let end): trust(until: Int(end.components.seconds))
            case .distrust: trustedUntil = 0
            case .send(let number):
                beats.append((number, now))
                send(.beat(number))
            case .reopen: break
            }
        }
    }

    private mutating func trust(until end: Int) {
        switch rules {
        case .noBound: trustedUntil = .max
        case .beatNotedLate: trustedUntil = now + 2
        default: trustedUntil = end
        }
    }
}

// MARK: Writers

extension TierWorld {
    /// Commits, invalidates the shared tier, tells, and is acknowledged.
    private mutating func stepRemote() {
        switch remote.step {
        case 0:
            primary += 1
            remote.version = primary
        case 1: rules == .toldFirst ? send(.told) : invalidateShared(remote.version)
        case 2: rules == .toldFirst ? invalidateShared(remote.version) : send(.told)
        default: acknowledged.append((remote.version, now))
        }
        remote.step += 1
    }

    /// Commits, invalidates the shared tier and the local one, and is acknowledged; what it tells
    /// is skipped here.
    private mutating func stepOwn() {
        guard var writer = own else { return }
        switch writer.step {
        case 0:
            primary += 1
            writer.version = primary
        case 1: rules == .localFirst ? invalidateLocal() : invalidateShared(writer.version)
        case 2: rules == .localFirst ? invalidateShared(writer.version) : invalidateLocal()
        default: acknowledgedHere = max(acknowledgedHere, writer.version)
        }
        writer.step += 1
        own = writer
    }

    private mutating func invalidateShared(_ version: Int) { shared = max(shared, version) }

    private mutating func invalidateLocal() { local = (nil, nil) }
}

// MARK: Readers

extension TierWorld {
    private mutating func stepReader(_ number: Int) -> String? {
        switch readers[number].step {
        case .begin:
            let known = acknowledged.filter { $0.at <= now - 2 }.map(\.version).max() ?? 0
            readers[number].floor = max(known, acknowledgedHere)
            readers[number].step = now < trustedUntil ? .lookUp : .done
        case .lookUp:
            readers[number].step = local.entry == nil ? .first : .done
            guard let value = local.entry, value < readers[number].floor else { return nil }
            return "reader \(number) got v\(value) locally, not v\(readers[number].floor)"
        case .first: half(number, isFirst: true, next: .second)
        case .second: half(number, isFirst: false, next: .publish)
        case .publish:
            readers[number].step = .done
            if local.load == number { local = (readers[number].value, nil) }
        case .done: break
        }
        return nil
    }

    private mutating func half(_ number: Int, isFirst: Bool, next: ReaderStep) {
        readers[number].step = next
        guard isFirst == (rules == .registerLate) else {
            // A local tier that is not believed any more is not filled.
            if now < trustedUntil, local == (nil, nil) { local.load = number }
            return
        }
        readers[number].value = shared
    }
}

// MARK: Telling worlds apart

extension TierWorld {
    var fingerprint: [Int] {
        var marks = [primary, shared, acknowledgedHere, now, min(trustedUntil, 1000)]
        marks += [link.rawValue, left.ticks, left.beats, left.cuts, left.losses]
        marks += [local.entry ?? -1, local.load == nil ? 0 : 1]
        marks += [remote.step, remote.version, own?.step ?? -1, own?.version ?? -1]
        for (version, moment) in acknowledged { marks += [version, moment] }
        marks.append(-10)
        for event in queue {
            switch event {
            case .told: marks.append(-11)
            case .interrupted: marks.append(-12)
            case .beat(let number): marks.append(Int(number))
            }
        }
        marks.append(-13)
        for (number, sent) in beats { marks += [Int(number), sent] }
        // Which of the readers is which makes no difference, and neither does what one had.
        let readerMarks = readers.indices.map { number in
            let (reader, isRegistered) = (readers[number], local.load == number ? 1 : 0)
            return reader.step == .done
                ? [reader.step.rawValue, 0, -1, isRegistered]
                : [reader.step.rawValue, reader.floor, reader.value ?? -1, isRegistered]
        }
        for mark in readerMarks.sorted(by: { $0.lexicographicallyPrecedes($1) }) { marks += mark }
        return marks
    }
}
