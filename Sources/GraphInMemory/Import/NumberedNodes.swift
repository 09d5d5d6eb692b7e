/// The nodes of an edge list: its numbers in ascending order, and the place of each.
struct NumberedNodes: Sendable {
    let numbers: [UInt64]
    /// The relationships' ends, as places in ``numbers``.
    let sources: [UInt32]
    let targets: [UInt32]

    init(_ edges: ParsedEdges) {
        let largest = max(edges.sources.max() ?? 0, edges.targets.max() ?? 0)
        // A table costs four bytes a number, a search of sorted numbers a cache miss a step.
        if !edges.sources.isEmpty, largest < UInt64(edges.count) * 8 + 1_024 {
            self.init(dense: edges, largest: Int(largest))
        } else {
            self.init(sparse: edges)
        }
    }

    private init(dense edges: ParsedEdges, largest: Int) {
        var places = [UInt32](repeating: 0, count: largest + 1)
        for number in edges.sources { places[Int(number)] = 1 }
        for number in edges.targets { places[Int(number)] = 1 }
        var numbers: [UInt64] = []
        for number in places.indices where places[number] != 0 {
            places[number] = UInt32(truncatingIfNeeded: numbers.count)
            numbers.append(UInt64(number))
        }
        self.numbers = numbers
        sources = edges.sources.map { places[Int($0)] }
        targets = edges.targets.map { places[Int($0)] }
    }

    private init(sparse edges: ParsedEdges) {
        let numbers = Set(edges.sources).union(edges.targets).sorted()
        var places: [UInt64: UInt32] = [:]
        places.reserveCapacity(numbers.count)
        for (place, number) in numbers.enumerated() {
            places[number] = UInt32(truncatingIfNeeded: place)
        }
        self.numbers = numbers
        sources = edges.sources.map { places[$0] ?? 0 }
        targets = edges.targets.map { places[$0] ?? 0 }
    }
}
