extension KillReport {
    /// Which cases a defect meets at first.
    public enum Opponents: Hashable, Sendable {
        /// All of them.
        case all
        /// Those of the group of the one that is meant for it, whose identifiers are the same up to
        /// the last point: all cases on all defects may take minutes and tell no more.
        case group
    }

    /// Runs cases on every defect of a gallery.
    ///
    /// A case that has caught nothing then meets the other defects, until it catches one.
    ///
    /// - Parameters:
    ///   - gallery: The defects.
    ///   - cases: The cases under test.
    ///   - opponents: Which of them a defect meets.
    ///   - seed: The seed of the cases' randomness.
    ///   - harness: Makes subjects that have the defect.
    public init<Defect: ConformanceDefect, Harness: Sendable>(
        of gallery: [Defect], cases: [ConformanceCase<Harness>], meeting opponents: Opponents,
        seed: UInt64, by harness: (Defect) -> Harness
    ) async {
        self.init(rows: [], cases: cases.map(\.id))
        for defect in gallery {
            let runner = ConformanceRunner(harness: harness(defect), seed: seed)
            let met = cases.filter { opponents == .all || $0.id.group == defect.caughtBy.group }
            let killers = await runner.run(met).failures.map(\.id)
            rows.append(Row(id: defect.name, caughtBy: defect.caughtBy, killers: killers))
        }
        guard opponents == .group else { return }
        let idle = Set(idleCases)
        for law in cases where idle.contains(law.id) {
            for (row, defect) in zip(rows.indices, gallery) {
                let runner = ConformanceRunner(harness: harness(defect), seed: seed)
                guard case .failed = await runner.run(law) else { continue }
                rows[row].killers.append(law.id)
                break
            }
        }
    }
}

extension String {
    /// The part of an identifier before its expectation.
    fileprivate var group: Substring { prefix(upTo: lastIndex(of: ".") ?? endIndex) }
}
