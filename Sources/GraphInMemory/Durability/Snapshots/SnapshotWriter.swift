internal import StorageKit

/// Writes a state into a file, block by block; the same state always gives the same blocks.
struct SnapshotWriter {
    private let file: any DurableFile
    private let salt: UInt64
    private var offset = 0
    private var blockCount: UInt64 = 0
    private var content = ByteWriter(capacity: SnapshotBlock.fullBytes * 5 / 4)

    /// Writes a snapshot and syncs it.
    ///
    /// - Returns: How long it is.
    @discardableResult
    static func write(
        _ state: GraphState, _ header: FileHeader, to file: any DurableFile
    ) throws(StorageError) -> Int {
        var writer = SnapshotWriter(file: file, salt: header.salt)
        try writer.append(header.bytes)
        try writer.write(state)
        try file.sync()
        return writer.offset
    }

    private init(file: any DurableFile, salt: UInt64) {
        self.file = file
        self.salt = salt
    }

    private mutating func write(_ state: GraphState) throws(StorageError) {
        SnapshotSummary(state).write(to: &content)
        try finish(.summary)
        try writeNodes(of: state)
        try writeRelationships(of: state)
        content.write(varint: state.indexes.definitions.count)
        for index in state.indexes.definitions { content.write(index) }
        try finish(.indexes)
        content.write(varint: blockCount)
        try finish(.end)
    }

    private mutating func writeNodes(of state: GraphState) throws(StorageError) {
        var next: UInt32 = 0
        for node in state.nodes() {
            content.write(varint: UInt64(node.rawValue - next))
            next = node.rawValue + 1
            let labels = state.labels(of: node)
            content.write(varint: labels.count)
            for label in labels { content.write(varint: UInt64(label.rawValue)) }
            try write(state.properties(of: node))
            if content.bytes.count >= SnapshotBlock.fullBytes { try finish(.nodes) }
        }
        if !content.bytes.isEmpty { try finish(.nodes) }
    }

    private mutating func writeRelationships(of state: GraphState) throws(StorageError) {
        var next: UInt32 = 0
        for relationship in state.relationships() {
            guard let ends = state.ends(of: relationship) else { continue }
            content.write(varint: UInt64(relationship.rawValue - next))
            next = relationship.rawValue + 1
            content.write(varint: UInt64(ends.source.rawValue))
            content.write(varint: UInt64(ends.target.rawValue))
            content.write(varint: UInt64(ends.type.rawValue))
            try write(state.properties(of: relationship))
            if content.bytes.count >= SnapshotBlock.fullBytes { try finish(.relationships) }
        }
        if !content.bytes.isEmpty { try finish(.relationships) }
    }

    private mutating func write(
        _ properties: [(key: KeySymbol, value: GraphValue)]
    ) throws(StorageError) {
        content.write(varint: properties.count)
        for property in properties.sorted(by: { $0.key < $1.key }) {
            content.write(varint: UInt64(property.key.rawValue))
            try content.write(property.value)
        }
    }

    private mutating func finish(_ kind: SnapshotBlock.Kind) throws(StorageError) {
        try append(SnapshotBlock.bytes(kind, content.bytes, at: offset, salt: salt))
        content.removeAll()
        blockCount += 1
    }

    private mutating func append(_ bytes: [UInt8]) throws(StorageError) {
        try file.write(bytes, at: offset)
        offset += bytes.count
    }
}
