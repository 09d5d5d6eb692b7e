import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("A projection of a graph's state")
struct GraphStateProjectionTests {
    @Test(
        "has the nodes, relationships and weights that were asked for", arguments: 0..<10)
    func agrees(round: Int) throws {
        var changes = RandomChanges(generator: SeededGenerator(seed: testSeed &+ UInt64(round)))
        changes.nodeTarget = round < 5 ? 1_000 : 40
        var (state, model) = (GraphState(), NaiveGraph())
        for _ in 0..<600 {
            for change in changes.draw(for: state) {
                if case .setRelationshipProperty = change { continue }
                if round < 5, case .deleteNode = change { continue }
                try state.apply(change)
                model.apply(change)
            }
        }
        for relationship in state.relationships() where relationship.rawValue % 2 == 0 {
            let value: GraphValue = relationship.rawValue % 3 == 0 ? 7 : 0.5
            let change = GraphChange.setRelationshipProperty(relationship, KeySymbol(0), value)
            try state.apply(change)
            model.apply(change)
        }
        if round % 2 == 0 { state.install(state.merged()) }
        for labels in [nil, [LabelSymbol(0)], [LabelSymbol(1), LabelSymbol(2)]] {
            for types in [nil, [TypeSymbol(0)], [TypeSymbol(1), TypeSymbol(2)], []] {
                for orientation in [GraphProjection.Orientation.directed, .undirected] {
                    let projection = try state.projection(
                        nodes: labels, types: types, weight: KeySymbol(0), defaultWeight: 2,
                        orientation: orientation)
                    let wanted = model.edges(labels, types, orientation)
                    #expect(projection.edges(projection.outgoing, projection.weights) == wanted.out)
                    #expect(
                        projection.edges(projection.incoming, projection.incomingWeights)
                            == wanted.in)
                    #expect(Array(projection.nodeIDs) == model.ids(labels))
                }
            }
        }
    }

    @Test("shares the rows of the state where all of one type is wanted")
    func sharing() throws {
        var state = GraphState()
        try state.loadNodes(count: 2_000, labels: [])
        let nodes = (0..<2_000).map { NodeIndex(UInt32($0)) }
        try state.loadRelationships(sources: nodes, targets: nodes.reversed(), type: TypeSymbol(0))
        let rows = state.adjacency.types[0].outgoing.base.rows
        try state.loadNodes(count: 10, labels: [])
        let projection = try state.projection()
        #expect(projection.outgoing.neighbours.isSame(as: rows.neighbours))
        #expect(projection.nodeCount == 2_010)
        #expect(projection.weights == nil)
    }

    @Test("refuses weights that are not numbers")
    func wrongType() throws {
        var state = GraphState()
        try state.loadNodes(count: 1, labels: [])
        try state.loadRelationships(
            sources: [NodeIndex(0)], targets: [NodeIndex(0)], type: TypeSymbol(0))
        try state.apply(.setRelationshipProperty(RelationshipIndex(0), KeySymbol(0), "heavy"))
        let error = #expect(throws: StorageError.self) {
            try state.projection(weight: KeySymbol(0))
        }
        #expect(error?.code == .wrongType)
    }
}

/// A relationship as it stands in a row.
private struct Edge: Hashable, Comparable {
    let row: NodeID
    let neighbour: NodeID
    let relationship: RelationshipIndex
    let weight: Double

    static func < (left: Edge, right: Edge) -> Bool {
        (left.row, left.neighbour, left.relationship)
            < (right.row, right.neighbour, right.relationship)
    }
}

extension GraphProjection {
    fileprivate func edges(_ rows: CompressedRows, _ weights: [Double]?) -> [Edge] {
        (0..<rows.nodeCount).flatMap { row in
            rows.row(NodeIndex(UInt32(row))).map { entry in
                Edge(
                    row: nodes.id(of: NodeIndex(UInt32(row))),
                    neighbour: nodes.id(of: rows.neighbours[entry]),
                    relationship: rows.relationships[entry], weight: weights?[entry] ?? 1)
            }
        }.sorted()
    }
}

extension NaiveGraph {
    fileprivate func ids(_ labels: [LabelSymbol]?) -> [NodeID] {
        nodes.filter { labels.map($0.value.labels.isDisjoint) != true }.keys.sorted().map(\.id)
    }

    fileprivate func edges(
        _ labels: [LabelSymbol]?, _ types: [TypeSymbol]?, _ orientation: GraphProjection.Orientation
    ) -> (out: [Edge], in: [Edge]) {
        let chosen = Set(ids(labels))
        var (out, back): ([Edge], [Edge]) = ([], [])
        for (relationship, row) in relationships where types?.contains(row.ends.type) ?? true {
            let (source, target) = (row.ends.source.id, row.ends.target.id)
            guard chosen.contains(source), chosen.contains(target) else { continue }
            let weight = row.properties[KeySymbol(0)].flatMap(Self.number) ?? 2
            out.append(
                Edge(row: source, neighbour: target, relationship: relationship, weight: weight))
            back.append(
                Edge(row: target, neighbour: source, relationship: relationship, weight: weight))
        }
        guard orientation == .undirected else { return (out.sorted(), back.sorted()) }
        let both = (out + back.filter { $0.row != $0.neighbour }).sorted()
        return (both, both)
    }

    private static func number(_ value: GraphValue) -> Double? {
        switch value {
        case .integer(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}

extension Array {
    /// Whether both are in the same memory.
    fileprivate func isSame(as other: [Element]) -> Bool {
        withUnsafeBufferPointer { here in
            other.withUnsafeBufferPointer { here.baseAddress == $0.baseAddress }
        }
    }
}
