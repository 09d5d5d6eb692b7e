internal import StorageKit

/// Makes a state of a snapshot's blocks, which come in their order.
///
/// Places of nodes and relationships that were deleted stay empty, so that no id is given twice.
/// Relationships are loaded all at once, which is what adjacency is fastest made from.
struct SnapshotLoader {
    private let summary: SnapshotSummary
    private var state = GraphState()
    private var ends: [RelationshipEnds?] = []
    private var properties: PropertyRuns

    init(_ reader: inout ByteReader) throws(MalformedBytes) {
        summary = try SnapshotSummary(&reader)
        properties = PropertyRuns(keyCount: summary.keys.count)
        for label in summary.labels { state.labels.define(label) }
        for type in summary.types { state.types.define(type) }
        for key in summary.keys { state.keys.define(key) }
        ends.reserveCapacity(min(Int(summary.nextRelationship.rawValue), 1 << 24))
    }

    // MARK: Nodes

    mutating func loadNodes(_ reader: inout ByteReader) throws(MalformedBytes) {
        let first = state.nextNode.rawValue
        var labels: [[LabelSymbol]?] = []
        while !reader.isAtEnd {
            try skip(try reader.place(), in: &labels, upTo: summary.nextNode.rawValue - first)
            let node = first + UInt32(labels.count)
            labels.append(try knownLabels(&reader))
            for _ in 0..<(try reader.count(ofBytesEach: 2)) {
                properties.add(try knownKey(&reader), of: node, try reader.value())
            }
        }
        try load(labels)
        for run in properties.finish() {
            try perform { state throws(StorageError) in
                try state.loadProperty(
                    run.key, ofNodesFrom: NodeIndex(run.first), run.column)
            }
        }
    }

    private mutating func load(_ labels: [[LabelSymbol]?]) throws(MalformedBytes) {
        guard !labels.isEmpty else { return }
        try perform { state throws(StorageError) in _ = try state.loadNodes(labels) }
    }

    /// The gap in front of something, which must lie before the end.
    private func skip<Thing>(
        _ count: UInt32, in things: inout [Thing?], upTo end: UInt32
    ) throws(MalformedBytes) {
        guard things.count + Int(count) < Int(end) else {
            throw MalformedBytes(offset: 0, reason: "a place lies behind the last one")
        }
        things.append(contentsOf: repeatElement(nil, count: Int(count)))
    }

    private func knownLabels(_ reader: inout ByteReader) throws(MalformedBytes) -> [LabelSymbol] {
        let labels = try reader.labels()
        guard labels.allSatisfy({ $0.rawValue < summary.labels.count }),
            labels.count < 2 || Set(labels).count == labels.count
        else { throw reader.malformed("a label has no name, or comes twice") }
        return labels
    }

    private func knownKey(_ reader: inout ByteReader) throws(MalformedBytes) -> KeySymbol {
        let key: KeySymbol = try reader.symbol()
        guard key.rawValue < summary.keys.count else {
            throw reader.malformed("a property has no name")
        }
        return key
    }

    // MARK: Relationships

    mutating func loadRelationships(_ reader: inout ByteReader) throws(MalformedBytes) {
        try fillNodes()
        while !reader.isAtEnd {
            try skip(
                try reader.place(), in: &ends, upTo: summary.nextRelationship.rawValue)
            let relationship = UInt32(ends.count)
            ends.append(try knownEnds(&reader))
            for _ in 0..<(try reader.count(ofBytesEach: 2)) {
                properties.add(try knownKey(&reader), of: relationship, try reader.value())
            }
        }
    }

    private func knownEnds(_ reader: inout ByteReader) throws(MalformedBytes) -> RelationshipEnds {
        let ends = try reader.ends()
        guard
            state.contains(ends.source), state.contains(ends.target),
            ends.type.rawValue < summary.types.count
        else { throw reader.malformed("a relationship has no end or no type") }
        return ends
    }

    /// The places behind the last node that is there.
    private mutating func fillNodes() throws(MalformedBytes) {
        let missing = summary.nextNode.rawValue - state.nextNode.rawValue
        try load([[LabelSymbol]?](repeating: nil, count: Int(missing)))
    }

    // MARK: The end

    /// Loads the relationships, makes the indexes, and gives the state out.
    mutating func finish(_ reader: inout ByteReader) throws(MalformedBytes) -> GraphState {
        try fillNodes()
        let missing = Int(summary.nextRelationship.rawValue) - ends.count
        ends.append(contentsOf: repeatElement(nil, count: missing))
        if !ends.isEmpty {
            let ends = ends
            try perform { state throws(StorageError) in _ = try state.loadRelationships(ends) }
        }
        for run in properties.finish() {
            try perform { state throws(StorageError) in
                try state.loadProperty(
                    run.key, ofRelationshipsFrom: RelationshipIndex(run.first), run.column)
            }
        }
        for _ in 0..<(try reader.count()) {
            let start = reader.position
            try state.replay(.createIndex(try reader.index()), at: start)
        }
        guard
            state.nodeCount == summary.nodeCount,
            state.relationshipCount == summary.relationshipCount
        else { throw reader.malformed("there is not as much as the summary says") }
        return state
    }

    private mutating func perform(
        _ body: (inout GraphState) throws(StorageError) -> Void
    ) throws(MalformedBytes) {
        do throws(StorageError) {
            try body(&state)
        } catch {
            throw MalformedBytes(offset: 0, reason: error.message)
        }
    }
}
