import StorageKit
import StorageKitTesting

@testable import GraphInMemory

/// A small graph as plain lists, and the same as a state: what a definition is checked against.
struct PlainGraph {
    struct Node {
        var labels: Set<GraphLabel>
        var properties: [PropertyKey: GraphValue]
    }

    struct Relationship {
        var source: Int
        var target: Int
        var type: RelationshipType
        var properties: [PropertyKey: GraphValue]
    }

    /// By their ids; `nil` where one was deleted.
    var nodes: [Node?] = []
    var relationships: [Relationship?] = []
    private(set) var state = GraphState()

    @discardableResult
    mutating func node(
        _ labels: Set<GraphLabel> = [], _ properties: [PropertyKey: GraphValue] = [:]
    ) throws -> Int {
        let index = state.nextNode
        for label in labels.sorted(by: { $0.name < $1.name }) { try apply(.defineLabel(label)) }
        try apply(.createNode(index, labels: labels.compactMap(state.labels.symbol).sorted()))
        for (key, value) in properties.sorted(by: { $0.key.name < $1.key.name }) {
            try apply(.setNodeProperty(index, symbol(key), value))
        }
        nodes.append(Node(labels: labels, properties: properties))
        return nodes.count - 1
    }

    @discardableResult
    mutating func relate(
        _ source: Int, _ type: RelationshipType, _ target: Int,
        _ properties: [PropertyKey: GraphValue] = [:]
    ) throws -> Int {
        let index = state.nextRelationship
        try apply(.defineType(type))
        guard let symbol = state.types.symbol(of: type) else { fatalError("defined above") }
        try apply(
            .createRelationship(
                index,
                RelationshipEnds(
                    source: NodeIndex(UInt32(source)), target: NodeIndex(UInt32(target)),
                    type: symbol)))
        for (key, value) in properties.sorted(by: { $0.key.name < $1.key.name }) {
            try apply(.setRelationshipProperty(index, self.symbol(key), value))
        }
        relationships.append(
            Relationship(source: source, target: target, type: type, properties: properties))
        return relationships.count - 1
    }

    /// Deletes a node and its relationships.
    mutating func delete(_ node: Int) throws {
        for (place, relationship) in relationships.enumerated() {
            guard let relationship, relationship.source == node || relationship.target == node
            else { continue }
            try apply(.deleteRelationship(RelationshipIndex(UInt32(place))))
            relationships[place] = nil
        }
        try apply(.deleteNode(NodeIndex(UInt32(node))))
        nodes[node] = nil
    }

    mutating func index(_ index: GraphIndex) throws { try apply(.createIndex(index)) }

    private mutating func symbol(_ key: PropertyKey) throws -> KeySymbol {
        try apply(.defineKey(key))
        guard let symbol = state.keys.symbol(of: key) else { fatalError("defined above") }
        return symbol
    }

    private mutating func apply(_ change: GraphChange) throws { try state.apply(change) }

    /// The graph as a store.
    var store: GraphInMemory { GraphInMemory(state, limits: GraphLimits(), journal: nil) }
}
