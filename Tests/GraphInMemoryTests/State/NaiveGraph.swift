import StorageKit
import Testing

@testable import GraphInMemory

/// A graph in dictionaries: slow, and plainly right.
///
/// What the engine's state is compared with.
struct NaiveGraph {
    private(set) var nodes: [NodeIndex: Node] = [:]
    private(set) var relationships: [RelationshipIndex: Relationship] = [:]
    /// The places that the next ones get; for loads with gaps, which take places as well.
    var nodeEnd = 0
    var relationshipEnd = 0

    struct Node: Equatable {
        var labels: Set<LabelSymbol>
        var properties: [KeySymbol: GraphValue] = [:]
    }

    struct Relationship: Equatable {
        let ends: RelationshipEnds
        var properties: [KeySymbol: GraphValue] = [:]
    }

    mutating func apply(_ change: GraphChange) {
        switch change {
        case .createNode(let node, let labels): nodes[node] = Node(labels: Set(labels))
        case .addLabel(let node, let label): nodes[node]?.labels.insert(label)
        case .removeLabel(let node, let label): nodes[node]?.labels.remove(label)
        case .setNodeProperty(let node, let key, let value): nodes[node]?.properties[key] = value
        case .deleteNode(let node): nodes[node] = nil
        case .createRelationship(let relationship, let ends):
            relationships[relationship] = Relationship(ends: ends)
        case .setRelationshipProperty(let relationship, let key, let value):
            relationships[relationship]?.properties[key] = value
        case .deleteRelationship(let relationship): relationships[relationship] = nil
        case .defineLabel, .defineType, .defineKey, .createIndex, .dropIndex: break
        }
    }

    /// The relationships that begin or end at each node.
    var relationshipsOfNodes: [NodeIndex: [RelationshipIndex: RelationshipEnds]] {
        var found: [NodeIndex: [RelationshipIndex: RelationshipEnds]] = [:]
        for (relationship, row) in relationships {
            found[row.ends.source, default: [:]][relationship] = row.ends
            found[row.ends.target, default: [:]][relationship] = row.ends
        }
        return found
    }

    /// What lies next to a node, of its relationships.
    static func adjacent(
        to node: NodeIndex, _ direction: GraphDirection, types: [TypeSymbol]?,
        in relationships: [RelationshipIndex: RelationshipEnds]
    ) -> Set<Adjacent> {
        var found = Set<Adjacent>()
        for (relationship, ends) in relationships where types?.contains(ends.type) ?? true {
            if direction != .incoming, ends.source == node {
                found.insert(Adjacent(node: ends.target, relationship: relationship))
            } else if direction != .outgoing, ends.target == node {
                found.insert(Adjacent(node: ends.source, relationship: relationship))
            }
        }
        return found
    }
}

extension NaiveGraph {
    /// Expects that a state has the same nodes and relationships, and nothing else.
    func expectSame(_ state: GraphState, _ comment: Comment) {
        #expect(state.checkInvariants() == [], comment)
        #expect(state.nodeCount == nodes.count, comment)
        #expect(state.relationshipCount == relationships.count, comment)
        #expect(Array(state.nodes()) == nodes.keys.sorted(), comment)
        #expect(Array(state.relationships()) == relationships.keys.sorted(), comment)
        for (node, row) in nodes {
            let isSame =
                state.labels(of: node) == row.labels.sorted()
                && Self.dictionary(state.properties(of: node)) == row.properties
            if !isSame { Issue.record("\(node) is not \(row); \(comment)") }
        }
        for (relationship, row) in relationships {
            let isSame =
                state.ends(of: relationship) == row.ends
                && Self.dictionary(state.properties(of: relationship)) == row.properties
            if !isSame { Issue.record("\(relationship) is not \(row); \(comment)") }
        }
        expectSameRows(state, comment)
    }

    private func expectSameRows(_ state: GraphState, _ comment: Comment) {
        let types = Set(relationships.values.map(\.ends.type)).sorted()
        let choices: [[TypeSymbol]?] = [nil, [], types] + types.prefix(2).map { [$0, $0] }
        let rows = relationshipsOfNodes
        for node in nodes.keys {
            for (direction, types) in GraphDirection.allCases.flatMap({ direction in
                choices.map { (direction, $0) }
            }) {
                let wanted = Self.adjacent(to: node, direction, types: types, in: rows[node] ?? [:])
                let found = Array(state.adjacent(to: node, direction, types: types))
                let degree = state.degree(of: node, direction, types: types)
                guard found.count != wanted.count || Set(found) != wanted || degree != found.count
                else { continue }
                Issue.record("\(node) \(direction) \(found), \(degree), not \(wanted); \(comment)")
            }
        }
    }

    private static func dictionary(
        _ properties: [(key: KeySymbol, value: GraphValue)]
    ) -> [KeySymbol: GraphValue] {
        Dictionary(uniqueKeysWithValues: properties.map { ($0.key, $0.value) })
    }
}
