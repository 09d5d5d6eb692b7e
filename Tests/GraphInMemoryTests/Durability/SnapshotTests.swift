import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("The snapshot of a graph")
struct SnapshotTests {
    private static let header = FileHeader(
        kind: .snapshot, identity: StoreIdentity(high: 1, low: 2), sequence: 3, salt: 4)

    private func written(_ state: GraphState) throws -> SimulatedDisk {
        let disk = SimulatedDisk()
        try SnapshotWriter.write(state, Self.header, to: disk.create("snapshot"))
        return disk
    }

    @Test("is read as it was written, with the places of what was deleted left empty")
    func roundTrip() throws {
        for seed in testSeed..<(testSeed &+ 20) {
            let states = try RandomCommits(count: 60, seed: seed).states
            for state in [states[0], states[1], states[30], states[60]] {
                let disk = try written(state)
                let read = try SnapshotReader.read(disk.open("snapshot"))
                #expect(try read.state.digest == state.digest)
                #expect(read.state.nextNode == state.nextNode)
                #expect(read.state.nextRelationship == state.nextRelationship)
                #expect(read.state.indexes.definitions == state.indexes.definitions)
                for node in state.nodes() {
                    let before = Set(state.adjacent(to: node, .either).map(\.relationship))
                    let after = Set(read.state.adjacent(to: node, .either).map(\.relationship))
                    #expect(before == after)
                }
            }
        }
    }

    @Test("of a graph whose nodes are all deleted still gives no id twice")
    func allDeleted() throws {
        var state = GraphState()
        try state.apply(.defineType("T"))
        for node in UInt32(0)..<3 { try state.apply(.createNode(NodeIndex(node), labels: [])) }
        let ends = RelationshipEnds(source: NodeIndex(0), target: NodeIndex(2), type: TypeSymbol(0))
        try state.apply(.createRelationship(RelationshipIndex(0), ends))
        try state.apply(.deleteRelationship(RelationshipIndex(0)))
        for node in UInt32(0)..<3 { try state.apply(.deleteNode(NodeIndex(node))) }
        var read = try SnapshotReader.read(written(state).open("snapshot")).state
        #expect(read.nextNode == NodeIndex(3))
        #expect(read.nextRelationship == RelationshipIndex(1))
        try read.apply(.createNode(NodeIndex(3), labels: []))
        #expect(read.nodeCount == 1)
    }

    @Test("in several blocks is one graph, and a value larger than a block is whole")
    func blocks() throws {
        var state = GraphState()
        try state.apply(.defineType("T"))
        try state.apply(.defineKey("key"))
        let large = GraphValue.bytes([UInt8](repeating: 7, count: 2 * SnapshotBlock.fullBytes))
        for node in UInt32(0)..<40_000 {
            try state.apply(.createNode(NodeIndex(node), labels: []))
            if node % 10_000 == 1 {
                try state.apply(.setNodeProperty(NodeIndex(node), KeySymbol(0), large))
            }
        }
        for number in UInt32(0)..<60_000 {
            let ends = RelationshipEnds(
                source: NodeIndex(number % 40_000), target: NodeIndex(number / 2),
                type: TypeSymbol(0))
            try state.apply(.createRelationship(RelationshipIndex(number), ends))
        }
        let read = try SnapshotReader.read(written(state).open("snapshot")).state
        #expect(read.nodeCount == 40_000)
        #expect(read.relationshipCount == 60_000)
        #expect(read.property(KeySymbol(0), of: NodeIndex(30_001)) == large)
        #expect(try read.digest == state.digest)
    }

    @Test("that somebody made up, with checksums that are right, is refused or read, never a trap")
    func fuzz() throws {
        let state = try #require(RandomCommits(count: 60, seed: testSeed).states.last)
        let disk = try written(state)
        let bytes = disk.bytes(of: "snapshot")
        var random = SeededGenerator(seed: testSeed)
        let summary = FileHeader.count + SnapshotBlock.headerCount
        let first = try SnapshotBlock(header: Array(bytes[64..<80]))
        // The summary says how much room to make; a made up one may ask for all there is.
        let start = summary + first.byteCount
        var refused = 0
        for _ in 0..<5_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: start..<bytes.count, using: &random)
                changed[place] = UInt8.random(in: 0 ... .max, using: &random)
            }
            disk.setBytes(of: "snapshot") { $0 = Self.withRightChecksums(changed) }
            do {
                _ = try SnapshotReader.read(disk.open("snapshot"))
            } catch {
                #expect(error.code == .corrupted)
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    /// Recomputes the checksum of each block for as far as there are blocks.
    private static func withRightChecksums(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var offset = FileHeader.count
        while offset + SnapshotBlock.headerCount <= bytes.count,
            let block = try? SnapshotBlock(header: Array(bytes[offset..<(offset + 16)])),
            offset + block.count <= bytes.count
        {
            let seed = header.salt &+ UInt64(offset)
            let checksum = CRC32C.of(bytes[(offset + 8)..<(offset + block.count)], seed: seed)
            for place in 0..<4 {
                bytes[offset + 4 + place] = UInt8(truncatingIfNeeded: checksum >> (place * 8))
            }
            offset += block.count
        }
        return bytes
    }
}
