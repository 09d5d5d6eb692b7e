internal import StorageKit

/// A parsed edge list, ready to be added to a graph.
struct EdgeListLoad: Sendable {
    let options: EdgeListOptions
    let nodes: NumberedNodes
    let weights: [Double]

    var count: Int { nodes.sources.count }

    init(
        _ text: [UInt8], _ options: EdgeListOptions, _ watch: ImportWatch
    ) throws(StorageError) {
        let result = text.withUnsafeBufferPointer { bytes in
            Result { () throws(StorageError) in
                var parser = EdgeListParser(bytes)
                try parser.parse(watch)
                return parser.edges
            }
        }
        let edges = try result.get()
        self.options = options
        nodes = NumberedNodes(edges)
        weights = options.weightKey == nil ? [] : edges.weights
    }

    /// The weight of a relationship; `nil` where its line has none.
    func weight(_ place: Int) -> Double? {
        guard place < weights.count else { return nil }
        let weight = weights[place]
        return weight.bitPattern == ParsedEdges.noWeight.bitPattern ? nil : weight
    }

    /// The weights as a column.
    var weightColumn: PropertyValues {
        let absent = ParsedEdges.noWeight.bitPattern
        guard weights.contains(where: { $0.bitPattern == absent }) else { return .doubles(weights) }
        return .mixed(weights.indices.map { place in weight(place).map(GraphValue.double) })
    }

    /// The numbers as a column.
    var numberColumn: PropertyValues { .integers(nodes.numbers.map { Int64($0) }) }
}
