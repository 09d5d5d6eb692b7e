/// Which broken subjects were caught by which cases: how good the cases are.
public struct KillReport: Sendable {
    /// One broken subject.
    public struct Row: Identifiable, Hashable, Sendable {
        /// The defect's name.
        public let id: String
        /// The case that is meant to catch it.
        public let caughtBy: String
        /// The cases that did.
        public var killers: [String]

        /// Creates a row.
        public init(id: String, caughtBy: String, killers: [String]) {
            self.id = id
            self.caughtBy = caughtBy
            self.killers = killers
        }
    }

    /// The broken subjects.
    public var rows: [Row]

    /// All cases that were run on them.
    public var cases: [String]

    /// Creates a report.
    public init(rows: [Row], cases: [String]) {
        self.rows = rows
        self.cases = cases
    }

    /// The share of broken subjects that any case caught, from 0 to 1.
    public var killRate: Double {
        rows.isEmpty ? 1 : Double(rows.count { !$0.killers.isEmpty }) / Double(rows.count)
    }

    /// The broken subjects that the case meant for them did not catch.
    public var escaped: [Row] { rows.filter { !$0.killers.contains($0.caughtBy) } }

    /// The cases that caught nothing, and so have not been shown to check anything.
    public var idleCases: [String] {
        let busy = Set(rows.flatMap(\.killers))
        return cases.filter { !busy.contains($0) }
    }

    /// What is wrong with the gallery and the cases, a sentence each.
    ///
    /// Nothing when every defect is caught by the case that is meant for it, every case catches
    /// one, and no name of a defect is used twice.
    public var flaws: [String] {
        escaped.map { "\($0.id) is not caught by \($0.caughtBy)" }
            + idleCases.map { "\($0) has caught nothing" }
            + rows.map(\.id).repeated().map { "two defects have the name \($0)" }
    }
}

extension KillReport: CustomStringConvertible {
    /// The kill rate, then a line for each broken subject and for what is wrong with the cases.
    public var description: String {
        let killed = rows.count { !$0.killers.isEmpty }
        let percent = Int((killRate * 100).rounded(.down))
        let title =
            "\(killed) of \(rows.count) broken subjects caught (\(percent) %) "
            + "by \(cases.count) cases"
        let lines = rows.map { row in
            let mark = row.killers.contains(row.caughtBy) ? "caught by" : "NOT caught by"
            return "  \(row.id): \(mark) \(row.caughtBy), \(row.killers.count) in all"
        }
        let idle = idleCases.map { "  \($0): has caught nothing" }
        return ([title] + lines + idle).joined(separator: "\n")
    }
}
