internal import StorageKit

/// The matches of a run, made distinct, ordered, skipped and limited.
///
/// Distinct rows are remembered until the end: memory for a key of each. An order needs all rows
/// before the first, and memory as ``PatternSorter`` says.
struct PatternResults<Neighbours: Sequence<Adjacent> & Sendable> {
    private(set) var run: PatternRun<Neighbours>
    private var seen: Set<PatternRowKey> = []
    private var sorter: PatternSorter?
    /// What is left of the ordered rows, the next one last.
    private var ordered: [PatternRow]?
    private var skipped = 0
    /// How many went through distinct, and how many were given out.
    private(set) var kept = 0
    private(set) var given = 0

    init(_ run: PatternRun<Neighbours>) {
        self.run = run
        let plan = run.plan
        guard !plan.order.isEmpty else { return }
        let wanted = plan.limit.map { $0.addingReportingOverflow(plan.skip) }
        sorter = PatternSorter(
            plan.order.map(\.direction),
            wanted: wanted.flatMap { $0.overflow ? nil : $0.partialValue })
    }

    /// The next rows, as far as so much work finds them.
    mutating func turn(_ wanted: Int, work: Int) -> PatternTurn {
        run.work = 0
        run.limit = work
        var turn = PatternTurn()
        while turn.rows.count < wanted {
            guard given < run.plan.limit ?? .max else {
                turn.isOver = true
                break
            }
            guard ordered == nil else {
                guard let row = ordered?.popLast() else {
                    turn.isOver = true
                    break
                }
                give(row, to: &turn)
                continue
            }
            switch run.next() {
            case .found: take(&turn)
            case .paused: return turn
            case .ended:
                turn.isOver = sorter == nil
                ordered = sorter?.sorted().reversed()
                sorter = nil
                if turn.isOver { return turn }
            }
        }
        return turn
    }

    private mutating func take(_ turn: inout PatternTurn) {
        var row = run.plan.row(run.bindings, in: run.state)
        if run.plan.isDistinct, !seen.insert(PatternRowKey(row.items)).inserted { return }
        kept += 1
        guard sorter != nil else { return give(row, to: &turn) }
        row.keys = run.plan.order.map { run.bindings.value(of: $0.operand, in: run.state) }
        sorter?.add(row)
    }

    private mutating func give(_ row: PatternRow, to turn: inout PatternTurn) {
        guard skipped >= run.plan.skip else {
            skipped += 1
            return
        }
        given += 1
        turn.rows.append(row)
    }
}

/// What a turn found: rows, and whether there are no more.
struct PatternTurn: Sendable {
    var rows: [PatternRow] = []
    var isOver = false
}
