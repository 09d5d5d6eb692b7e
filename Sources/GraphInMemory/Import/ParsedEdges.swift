/// The lines of an edge list, as arrays in step.
struct ParsedEdges: Sendable {
    var sources: [UInt64] = []
    var targets: [UInt64] = []
    /// Empty while no line has had a weight; ``noWeight`` where a line has none.
    var weights: [Double] = []

    /// Stands for a weight that is not there; no text is parsed to this pattern.
    static var noWeight: Double { Double(bitPattern: 0x7FF8_DEAD_0000_0001) }

    var count: Int { sources.count }

    mutating func append(_ source: UInt64, _ target: UInt64, _ weight: Double?) {
        if let weight {
            if weights.count < sources.count {
                let missing = sources.count - weights.count
                weights.append(contentsOf: repeatElement(Self.noWeight, count: missing))
            }
            weights.append(weight)
        } else if !weights.isEmpty {
            weights.append(Self.noWeight)
        }
        sources.append(source)
        targets.append(target)
    }
}
