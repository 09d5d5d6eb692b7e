import Synchronization

/// What happened on one side of the race, act by act, noted by those to whom it happened.
final class Timeline: Sendable {
    /// A line of an act.
    struct Line: Sendable {
        let text: String
        /// Whether somebody was given the truth, where the line says what somebody was given.
        let isRight: Bool?
    }

    private let acts = Mutex<[[Line]]>([])

    /// Begins the next act.
    func beginAct() { acts.withLock { $0.append([]) } }

    /// Adds to the act that is under way; nothing is noted before the first.
    func note(_ text: String, isRight: Bool? = nil) {
        acts.withLock { acts in
            guard !acts.isEmpty else { return }
            acts[acts.count - 1].append(Line(text: text, isRight: isRight))
        }
    }

    /// The lines of each act.
    var lines: [[Line]] { acts.withLock { $0 } }
}

extension Todo? {
    /// What the timelines call it.
    var word: String { self.map { $0.done ? "done" : "open" } ?? "nothing" }
}
