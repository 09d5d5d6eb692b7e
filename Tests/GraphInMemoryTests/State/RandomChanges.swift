import StorageKit
import StorageKitTesting

@testable import GraphInMemory

/// Draws changes that may be applied to a graph as it is.
struct RandomChanges {
    var generator: SeededGenerator
    /// The types of relationships, labels and keys that are drawn from.
    var typeCount = 3
    var labelCount = 4
    var keyCount = 5
    /// How large the graph tends to be.
    var nodeTarget = 40

    /// A change; several where a node goes with its relationships.
    mutating func draw(for state: GraphState) -> [GraphChange] {
        let nodes = Array(state.nodes())
        guard let node = nodes.randomElement(using: &generator), nodes.count > 3 else {
            return [createNode(state)]
        }
        let place = Int.random(in: 0..<100, using: &generator)
        switch place {
        case 0..<12: return nodes.count < nodeTarget ? [createNode(state)] : detach(node, state)
        case 12..<14: return detach(node, state)
        case 14..<22: return [.addLabel(node, label())]
        case 22..<26: return [.removeLabel(node, label())]
        case 26..<40: return [.setNodeProperty(node, key(), value())]
        case 40..<75: return [createRelationship(nodes, state)]
        case 75..<85:
            return relationship(state).map { [.setRelationshipProperty($0, key(), value())] } ?? []
        default: return relationship(state).map { [.deleteRelationship($0)] } ?? []
        }
    }

    private mutating func createNode(_ state: GraphState) -> GraphChange {
        let count = Int.random(in: 0...3, using: &generator)
        let labels = (0..<count).map { _ in label() }
        return .createNode(state.nextNode, labels: Set(labels).sorted())
    }

    private mutating func createRelationship(
        _ nodes: [NodeIndex], _ state: GraphState
    ) -> GraphChange {
        let source = nodes.randomElement(using: &generator) ?? nodes[0]
        let isLoop = Int.random(in: 0..<10, using: &generator) == 0
        let target = isLoop ? source : nodes.randomElement(using: &generator) ?? source
        let type = TypeSymbol(UInt32.random(in: 0..<UInt32(typeCount), using: &generator))
        return .createRelationship(
            state.nextRelationship, RelationshipEnds(source: source, target: target, type: type))
    }

    private func detach(_ node: NodeIndex, _ state: GraphState) -> [GraphChange] {
        state.adjacent(to: node, .either).map { .deleteRelationship($0.relationship) }
            + [.deleteNode(node)]
    }

    private mutating func relationship(_ state: GraphState) -> RelationshipIndex? {
        Array(state.relationships()).randomElement(using: &generator)
    }

    private mutating func label() -> LabelSymbol {
        LabelSymbol(UInt32.random(in: 0..<UInt32(labelCount), using: &generator))
    }

    private mutating func key() -> KeySymbol {
        KeySymbol(UInt32.random(in: 0..<UInt32(keyCount), using: &generator))
    }

    /// Mostly of one type, so that columns are typed for a while.
    mutating func value() -> GraphValue? {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<3: nil
        case 3: .bool(Bool.random(using: &generator))
        case 4: .double(Double.random(in: 0..<1, using: &generator))
        case 5: .string("text \(Int.random(in: 0..<1_000, using: &generator))")
        case 6: .list([.integer(1), .string("two")])
        default: .integer(Int64.random(in: -9...9, using: &generator))
        }
    }
}
