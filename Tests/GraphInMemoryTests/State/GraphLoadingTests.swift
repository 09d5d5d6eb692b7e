import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("Loading many at once")
struct GraphLoadingTests {
    @Test("gives what the changes one by one give, gaps included", arguments: 0..<6)
    func equalsChanges(round: Int) throws {
        var generator = SeededGenerator(seed: testSeed &+ UInt64(round))
        var state = GraphState()
        var model = NaiveGraph()
        for batch in 0..<4 {
            let nodes = (0..<60).map { _ in Self.labels(&generator) }
            try state.loadNodes(nodes)
            model.load(nodes: nodes)
            let there = model.nodes.keys.sorted()
            let count = batch % 2 == 0 ? 1_500 : 40
            let ends = (0..<count).map { _ in Self.ends(there, &generator) }
            let first = try state.loadRelationships(ends)
            model.load(relationships: ends)
            // Values of one type, then of others over them.
            for values in [PropertyValues.integers([1, 2, 3]), .mixed([nil, .string("x"), 2.5])] {
                let node = there[batch]
                guard state.contains(NodeIndex(node.rawValue + 2)) else { continue }
                try state.loadProperty(KeySymbol(0), ofNodesFrom: node, values)
                model.load(KeySymbol(0), nodesFrom: node, values)
            }
            guard let one = ends.firstIndex(where: { $0 != nil }) else { continue }
            let relationship = RelationshipIndex(first.rawValue + UInt32(one))
            try state.loadProperty(
                KeySymbol(3), ofRelationshipsFrom: relationship, .strings(["a"]))
            model.apply(.setRelationshipProperty(relationship, KeySymbol(3), .string("a")))
        }
        model.expectSame(state, "round \(round)")
    }

    @Test("builds rows at once for a large batch, and chains a small one")
    func building() throws {
        var state = GraphState()
        try state.loadNodes(count: 100, labels: [LabelSymbol(0)])
        let many = (0..<2_000).map { NodeIndex(UInt32($0 % 100)) }
        try state.loadRelationships(sources: many, targets: many, type: TypeSymbol(0))
        #expect(state.pendingCount == 0)
        #expect(state.degree(of: NodeIndex(7), .either) == 20)
        try state.loadRelationships(
            sources: [NodeIndex(7)], targets: [NodeIndex(8)], type: TypeSymbol(0))
        #expect(state.pendingCount == 1)
        #expect(state.degree(of: NodeIndex(7), .either) == 21)
        #expect(state.count(of: LabelSymbol(0)) == 100)
        #expect(state.checkInvariants() == [])
    }

    @Test("refuses more nodes or relationships than there are places")
    func limits() throws {
        var state = GraphState()
        try state.loadNodes([[LabelSymbol]?](repeating: nil, count: 10))
        try state.checkRoom(nodes: Int(UInt32.max) - 11, relationships: Int(UInt32.max) - 1)
        #expect(throws: StorageError.self) {
            try state.checkRoom(nodes: Int(UInt32.max) - 10)
        }
        #expect(throws: StorageError.self) {
            try state.checkRoom(relationships: Int(UInt32.max))
        }
    }

    private static func labels(_ generator: inout SeededGenerator) -> [LabelSymbol]? {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: nil
        case 1: []
        case 2: [LabelSymbol(1), LabelSymbol(2)]
        default: [LabelSymbol(0)]
        }
    }

    private static func ends(
        _ nodes: [NodeIndex], _ generator: inout SeededGenerator
    ) -> RelationshipEnds? {
        guard Int.random(in: 0..<10, using: &generator) > 0,
            let source = nodes.randomElement(using: &generator),
            let target = nodes.randomElement(using: &generator)
        else { return nil }
        let type = UInt32.random(in: 0..<2, using: &generator)
        return RelationshipEnds(source: source, target: target, type: TypeSymbol(type))
    }
}

extension NaiveGraph {
    /// Gaps take places as well.
    fileprivate mutating func load(nodes labels: [[LabelSymbol]?]) {
        for labels in labels {
            let node = NodeIndex(UInt32(nodeEnd))
            apply(.createNode(node, labels: labels ?? []))
            nodeEnd += 1
            if labels == nil { apply(.deleteNode(node)) }
        }
    }

    fileprivate mutating func load(relationships ends: [RelationshipEnds?]) {
        for ends in ends {
            if let ends {
                apply(.createRelationship(RelationshipIndex(UInt32(relationshipEnd)), ends))
            }
            relationshipEnd += 1
        }
    }

    fileprivate mutating func load(
        _ key: KeySymbol, nodesFrom first: NodeIndex, _ values: PropertyValues
    ) {
        for place in 0..<values.count {
            guard let value = values[place] else { continue }
            apply(.setNodeProperty(NodeIndex(first.rawValue + UInt32(place)), key, value))
        }
    }
}
