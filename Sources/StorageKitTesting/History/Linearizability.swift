/// Whether overlapping calls could have happened one after the other.
///
/// A history is linearizable (Herlihy and Wing, TOPLAS 1990) when each call can be given one moment
/// between its begin and its end so that the calls, in the order of these moments, give the answers
/// that were seen. The search is that of Wing and Gong (JPDC 1993): take any call that no remaining
/// one wholly precedes, see whether the answer fits, go on, and go back when stuck. What was tried
/// is remembered as Lowe proposes (CPE 2017): the calls that are done and the state they lead to
/// decide everything that follows.
///
/// - Complexity: Exponential in the number of calls that overlap, linear in the history otherwise.
public struct Linearizability<State: Hashable, Operation: Sendable, Answer: Sendable & Equatable> {
    /// A recorded call.
    public typealias Event = HistoryEvent<Operation, Answer>

    private let apply: (inout State, Operation) -> Answer
    private let events: [Event]
    private var tried: Set<Configuration> = []

    private struct Configuration: Hashable {
        var done: UInt64
        var state: State
    }

    /// Whether a history of up to 64 calls is linearizable.
    ///
    /// - Parameters:
    ///   - events: The history, complete and in any order.
    ///   - initial: The state before it.
    ///   - apply: The sequential meaning of a call: changes the state and gives the answer.
    public static func holds(
        _ events: [Event], from initial: State,
        apply: @escaping (inout State, Operation) -> Answer
    ) -> Bool {
        precondition(events.count <= 64, "a history of more than 64 calls; check it in parts")
        var search = Self(apply: apply, events: events)
        return search.explains(Configuration(done: 0, state: initial))
    }

    private init(apply: @escaping (inout State, Operation) -> Answer, events: [Event]) {
        self.apply = apply
        self.events = events
    }

    private mutating func explains(_ configuration: Configuration) -> Bool {
        let remaining = events.indices.filter { configuration.done & (1 << UInt64($0)) == 0 }
        guard let firstEnd = remaining.map({ events[$0].end }).min() else { return true }
        guard tried.insert(configuration).inserted else { return false }
        for place in remaining where events[place].begin <= firstEnd {
            var next = configuration
            guard apply(&next.state, events[place].operation) == events[place].answer else {
                continue
            }
            next.done |= 1 << UInt64(place)
            if explains(next) { return true }
        }
        return false
    }
}
