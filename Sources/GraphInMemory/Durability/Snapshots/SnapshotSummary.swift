internal import StorageKit

/// How much a snapshot holds, and the names that its numbers stand for.
struct SnapshotSummary {
    let nextNode: NodeIndex
    let nextRelationship: RelationshipIndex
    let nodeCount: Int
    let relationshipCount: Int
    let labels: [GraphLabel]
    let types: [RelationshipType]
    let keys: [PropertyKey]

    init(_ state: GraphState) {
        nextNode = state.nextNode
        nextRelationship = state.nextRelationship
        nodeCount = state.nodeCount
        relationshipCount = state.relationshipCount
        labels = state.labels.names
        types = state.types.names
        keys = state.keys.names
    }

    func write(to writer: inout ByteWriter) {
        writer.write(varint: UInt64(nextNode.rawValue))
        writer.write(varint: UInt64(nextRelationship.rawValue))
        writer.write(varint: nodeCount)
        writer.write(varint: relationshipCount)
        for names in [labels.map(\.name), types.map(\.name), keys.map(\.name)] {
            writer.write(varint: names.count)
            for name in names { writer.write(text: name) }
        }
    }

    init(_ reader: inout ByteReader) throws(MalformedBytes) {
        // The largest number is no place, and what comes after the last place.
        nextNode = NodeIndex(try Self.end(&reader))
        nextRelationship = RelationshipIndex(try Self.end(&reader))
        nodeCount = Int(try Self.end(&reader))
        relationshipCount = Int(try Self.end(&reader))
        labels = try Self.names(&reader).map { GraphLabel($0) }
        types = try Self.names(&reader).map { RelationshipType($0) }
        keys = try Self.names(&reader).map { PropertyKey($0) }
        guard nodeCount <= nextNode.rawValue, relationshipCount <= nextRelationship.rawValue else {
            throw reader.malformed("there is more than there are places for")
        }
    }

    private static func end(_ reader: inout ByteReader) throws(MalformedBytes) -> UInt32 {
        guard let end = UInt32(exactly: try reader.varint()) else {
            throw reader.malformed("a number is too large")
        }
        return end
    }

    private static func names(_ reader: inout ByteReader) throws(MalformedBytes) -> [String] {
        var names: [String] = []
        for _ in 0..<(try reader.count()) { names.append(try reader.text()) }
        guard Set(names).count == names.count else { throw reader.malformed("a name comes twice") }
        return names
    }
}
