import ExampleSupport

/// Prints what both sides noted, side by side.
struct RaceReport {
    let acts: [String]
    let left: RaceSide
    let right: RaceSide

    func print(to terminal: Terminal) {
        terminal.columns(.init(left.name, .heading), .init(right.name, .heading))
        terminal.rule()
        let lines = zip(left.timeline.lines, right.timeline.lines)
        for (act, (left, right)) in zip(acts, lines) {
            terminal.columns(.init(act, .heading), nil)
            for index in 0..<max(left.count, right.count) {
                terminal.columns(cell(left, index), cell(right, index))
            }
        }
        terminal.rule()
        terminal.columns(outcome(left), outcome(right))
    }

    private func outcome(_ side: RaceSide) -> Terminal.Cell {
        let stale = side.timeline.lines.joined().count { $0.isRight == false }
        guard stale == 0 else { return .init("stale until it expires: \(stale) seen here", .bad) }
        return .init("nothing stale; old values refused: \(side.refusedFills())", .good)
    }

    private func cell(_ lines: [Timeline.Line], _ index: Int) -> Terminal.Cell? {
        guard lines.indices.contains(index) else { return nil }
        let line = lines[index]
        switch line.isRight {
        case true?: return .init("  \(line.text)", .good)
        case false?: return .init("  \(line.text)  ✗ STALE", .bad)
        case nil: return .init("    \(line.text)", .plain)
        }
    }
}
