/// The verdicts of a run, in a form to print.
public struct ConformanceReport: Sendable {
    /// One case and how it ended.
    public struct Entry: Identifiable, Hashable, Sendable {
        /// The case's identifier.
        public let id: String
        /// The sentence of the contract.
        public let clause: String
        /// How it ended.
        public let verdict: ConformanceVerdict

        /// Creates an entry.
        public init(id: String, clause: String, verdict: ConformanceVerdict) {
            self.id = id
            self.clause = clause
            self.verdict = verdict
        }
    }

    /// The seed that repeats this run.
    public var seed: UInt64

    /// The cases in the order they ran in.
    public var entries: [Entry]

    /// Creates a report.
    public init(seed: UInt64, entries: [Entry] = []) {
        self.seed = seed
        self.entries = entries
    }

    /// The entries that a test should complain about.
    public var failures: [Entry] { entries.filter { !$0.verdict.isAcceptable } }

    /// Whether nothing failed.
    public var isAcceptable: Bool { failures.isEmpty }
}

extension ConformanceReport: CustomStringConvertible {
    /// A line of counts, a line for each case, then the messages of the failures.
    public var description: String {
        let lines = entries.map { "  \(aligned($0.verdict.title))\($0.id)\(remark(on: $0))" }
        let messages = failures.map { "\n\($0.verdict)" }
        return ([summary] + lines + messages).joined(separator: "\n")
    }

    /// How many cases ended how, on one line.
    public var summary: String {
        let titles = ["passed", "not applicable", "known deviation", "FAILED"]
        let counts = titles.map { title in
            "\(entries.count { $0.verdict.title == title }) \(title)"
        }
        return "\(entries.count) cases: \(counts.joined(separator: ", ")) (seed \(seed))"
    }

    private func remark(on entry: Entry) -> String {
        guard entry.verdict.isAcceptable, let remark = entry.verdict.remark else { return "" }
        return " (\(remark))"
    }
}

/// A word and the blanks that fill its column.
private func aligned(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 17 - text.count))
}
