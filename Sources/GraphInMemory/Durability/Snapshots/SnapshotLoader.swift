internal import StorageKit

/// Makes a state of a snapshot's blocks, which come in their order.
///
/// Places of nodes and relationships that were deleted stay empty, so that no id is given twice.
struct SnapshotLoader {
    private let summary: SnapshotSummary
    private var state = GraphState()
    private var deletedNodes: [NodeIndex] = []
    private var deletedRelationships: [RelationshipIndex] = []

    init(_ reader: inout ByteReader) throws(MalformedBytes) {
        summary = try SnapshotSummary(&reader)
        for label in summary.labels { state.labels.define(label) }
        for type in summary.types { state.types.define(type) }
        for key in summary.keys { state.keys.define(key) }
    }

    mutating func loadNodes(_ reader: inout ByteReader) throws(MalformedBytes) {
        while !reader.isAtEnd {
            let start = reader.position
            try skipNodes(try reader.place(), at: start)
            let node = state.nextNode
            try apply(.createNode(node, labels: try reader.labels()), at: start)
            for _ in 0..<(try reader.count(ofBytesEach: 2)) {
                let key: KeySymbol = try reader.symbol()
                try apply(.setNodeProperty(node, key, try reader.value()), at: start)
            }
        }
    }

    mutating func loadRelationships(_ reader: inout ByteReader) throws(MalformedBytes) {
        if state.nextNode < summary.nextNode {
            try skipNodes(summary.nextNode.rawValue - state.nextNode.rawValue, at: 0)
        }
        while !reader.isAtEnd {
            let start = reader.position
            try skipRelationships(try reader.place(), at: start)
            let relationship = state.nextRelationship
            try apply(.createRelationship(relationship, try reader.ends()), at: start)
            for _ in 0..<(try reader.count(ofBytesEach: 2)) {
                let key: KeySymbol = try reader.symbol()
                let value = try reader.value()
                try apply(.setRelationshipProperty(relationship, key, value), at: start)
            }
        }
    }

    private mutating func skipNodes(_ count: UInt32, at offset: Int) throws(MalformedBytes) {
        guard summary.nextNode.rawValue - state.nextNode.rawValue >= count else {
            throw MalformedBytes(offset: offset, reason: "a node lies behind the last one")
        }
        for _ in 0..<count {
            deletedNodes.append(state.nextNode)
            try apply(.createNode(state.nextNode, labels: []), at: offset)
        }
    }

    /// One that was deleted goes from some node to itself for as long as the loading takes.
    private mutating func skipRelationships(
        _ count: UInt32, at offset: Int
    ) throws(MalformedBytes) {
        guard summary.nextRelationship.rawValue - state.nextRelationship.rawValue >= count else {
            throw MalformedBytes(offset: offset, reason: "a relationship lies behind the last one")
        }
        let ends = RelationshipEnds(
            source: NodeIndex(0), target: NodeIndex(0), type: TypeSymbol(0))
        for _ in 0..<count {
            deletedRelationships.append(state.nextRelationship)
            try apply(.createRelationship(state.nextRelationship, ends), at: offset)
        }
    }

    /// Takes away what is not there, makes the indexes, and gives the state out.
    mutating func finish(_ reader: inout ByteReader) throws(MalformedBytes) -> GraphState {
        let end = summary.nextRelationship.rawValue
        try skipNodes(summary.nextNode.rawValue - state.nextNode.rawValue, at: 0)
        try skipRelationships(end - state.nextRelationship.rawValue, at: 0)
        for relationship in deletedRelationships.reversed() {
            try apply(.deleteRelationship(relationship), at: 0)
        }
        for node in deletedNodes { try apply(.deleteNode(node), at: 0) }
        for _ in 0..<(try reader.count()) {
            let start = reader.position
            try apply(.createIndex(try reader.index()), at: start)
        }
        guard
            state.nodeCount == summary.nodeCount,
            state.relationshipCount == summary.relationshipCount
        else { throw reader.malformed("there is not as much as the summary says") }
        return state
    }

    private mutating func apply(_ change: GraphChange, at offset: Int) throws(MalformedBytes) {
        try state.replay(change, at: offset)
    }
}
