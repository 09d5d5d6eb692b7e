internal import StorageKit

/// Reads a snapshot; every byte of it is checked.
struct SnapshotReader {
    private let file: any DurableFile
    private let length: Int
    let header: FileHeader
    private var offset = FileHeader.count
    private var blockCount: UInt64 = 0

    static func read(
        _ file: any DurableFile
    ) throws(StorageError) -> (state: GraphState, header: FileHeader, byteCount: Int) {
        var reader = try SnapshotReader(file)
        let state = try reader.state()
        return (state, reader.header, reader.length)
    }

    private init(_ file: any DurableFile) throws(StorageError) {
        self.file = file
        header = try FileHeader.read(.snapshot, of: file)
        length = try file.length()
    }

    private mutating func state() throws(StorageError) -> GraphState {
        var loader = try content(of: try next(), .summary) { (reader) throws(MalformedBytes) in
            try SnapshotLoader(&reader)
        }
        var block = try next()
        while block.kind == .nodes {
            try content(of: block, .nodes) { (reader) throws(MalformedBytes) in
                try loader.loadNodes(&reader)
            }
            block = try next()
        }
        while block.kind == .relationships {
            try content(of: block, .relationships) { (reader) throws(MalformedBytes) in
                try loader.loadRelationships(&reader)
            }
            block = try next()
        }
        let state = try content(of: block, .indexes) { (reader) throws(MalformedBytes) in
            try loader.finish(&reader)
        }
        try finish(try next())
        return state
    }

    private mutating func finish(_ block: SnapshotBlock) throws(StorageError) {
        let blocks = blockCount
        let stored = try content(of: block, .end) { (reader) throws(MalformedBytes) in
            try reader.varint()
        }
        guard stored == blocks, offset == length else {
            throw FileFailure.corrupted(file.path, at: offset, "blocks are missing or too many")
        }
    }

    /// The header of the next block.
    private func next() throws(StorageError) -> SnapshotBlock {
        let header = try file.read(at: offset, count: SnapshotBlock.headerCount)
        do throws(MalformedBytes) {
            return try SnapshotBlock(header: header)
        } catch {
            throw FileFailure.corrupted(file.path, at: offset + error.offset, error.reason)
        }
    }

    private mutating func content<Value>(
        of block: SnapshotBlock, _ kind: SnapshotBlock.Kind,
        _ body: (inout ByteReader) throws(MalformedBytes) -> Value
    ) throws(StorageError) -> Value {
        guard block.kind == kind, block.count <= length - offset else {
            throw FileFailure.corrupted(file.path, at: offset, "a block is missing or cut off")
        }
        let bytes = try file.read(at: offset, count: block.count)
        guard block.isWhole(bytes, at: offset, salt: header.salt) else {
            throw FileFailure.corrupted(file.path, at: offset, "the checksum of a block is wrong")
        }
        defer {
            offset += block.count
            blockCount += 1
        }
        do throws(MalformedBytes) {
            return try ByteReader.read(bytes) { (reader) throws(MalformedBytes) in
                try reader.skip(SnapshotBlock.headerCount)
                return try body(&reader)
            }
        } catch {
            throw FileFailure.corrupted(file.path, at: offset + error.offset, error.reason)
        }
    }
}
