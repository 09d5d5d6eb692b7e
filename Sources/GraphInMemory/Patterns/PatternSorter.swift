internal import StorageKit

/// Brings rows into their order; of more than are wanted it keeps the first only.
///
/// Rows that are alike stay in the order in which they came. O(n log n), with memory for all rows
/// or, where there is a limit, for twice as many as it lets through.
struct PatternSorter: Sendable {
    private let directions: [SortOrder]
    /// How many are wanted; `nil` for all.
    private let wanted: Int?
    private var rows: [PatternRow] = []

    init(_ directions: [SortOrder], wanted: Int?) {
        self.directions = directions
        self.wanted = wanted
    }

    mutating func add(_ row: PatternRow) {
        rows.append(row)
        guard let wanted, rows.count >= 1_024, rows.count / 2 >= wanted else { return }
        rows = Array(sorted().prefix(wanted))
    }

    /// The rows in their order.
    func sorted() -> [PatternRow] {
        // The places make the order of equal rows certain.
        rows.enumerated().sorted { left, right in
            let order = order(left.element, right.element)
            return order == 0 ? left.offset < right.offset : order < 0
        }.map(\.element)
    }

    private func order(_ left: PatternRow, _ right: PatternRow) -> Int {
        for (place, direction) in directions.enumerated() {
            let order = order(left.keys[place], right.keys[place])
            if order != 0 { return direction == .ascending ? order : -order }
        }
        return 0
    }

    /// An absent value is after all others.
    private func order(_ left: GraphValue?, _ right: GraphValue?) -> Int {
        switch (left, right) {
        case (nil, nil): 0
        case (nil, _): 1
        case (_, nil): -1
        case (let left?, let right?): left.sorted(before: right)
        }
    }
}
