import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("The encoding of changes")
struct EncodingTests {
    @Test("checksums are those that RFC 3720 lists, and the check value of CRC-32C")
    func checksums() {
        #expect(CRC32C.of("123456789".utf8) == 0xE306_9283)
        #expect(CRC32C.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.of([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.of([UInt8](0..<32)) == 0x46DD_794E)
        #expect(CRC32C.of([UInt8]((0..<32).reversed())) == 0x113F_DB5C)
        #expect(CRC32C.of([]) == 0)
    }

    @Test("a checksum is the same in parts, and by the definition bit by bit")
    func checksumInParts() {
        var random = SeededGenerator(seed: testSeed)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
                UInt8.random(in: 0 ... .max, using: &random)
            }
            var register = UInt32.max
            for byte in bytes {
                register ^= UInt32(byte)
                for _ in 0..<8 {
                    register = (register >> 1) ^ (register & 1 == 1 ? 0x82F6_3B78 : 0)
                }
            }
            #expect(CRC32C.of(bytes) == ~register)
            let split = Int.random(in: 0...bytes.count, using: &random)
            var parts = CRC32C()
            bytes.withUnsafeBytes { all in
                parts.update(UnsafeRawBufferPointer(rebasing: all[..<split]))
                parts.update(UnsafeRawBufferPointer(rebasing: all[split...]))
            }
            #expect(parts.value == ~register)
        }
    }

    @Test("what was written is read again, every change and every value")
    func roundTrip() throws {
        let commits = try RandomCommits(count: 300, seed: testSeed).commits
        for commit in commits + [Self.extremes] {
            let bytes = try StoredCommit.encode(commit)
            let read = try ByteReader.read(bytes) { (reader) throws(MalformedBytes) in
                try StoredCommit.decode(&reader)
            }
            // As bytes, in which not-a-number is the same as itself.
            #expect(try StoredCommit.encode(read) == bytes)
            #expect(read.count == commit.count)
        }
    }

    private static let extremes: [GraphChange] = {
        let values: [GraphValue] = [
            .integer(.max), .integer(.min), .integer(0), .integer(-1), .double(.nan),
            .double(-.infinity), .double(-0.0), .string(""), .string("\u{0}e\u{301}"), .bytes([]),
            .list([]), .list([.list([.bool(true), .bool(false)])]),
        ]
        return values.map { .setNodeProperty(NodeIndex(.max - 1), KeySymbol(.max - 1), $0) } + [
            .createIndex(GraphIndex("a", "b", kind: .ordered, isUnique: true)),
            .dropIndex(GraphIndex("a", "b")),
        ]
    }()

    @Test("whatever bytes are read, it throws or reads, and what it read fits into them")
    func fuzz() throws {
        var random = SeededGenerator(seed: testSeed)
        let commits = try RandomCommits(count: 60, seed: testSeed).commits + [Self.extremes]
        let seeds = try commits.map(StoredCommit.encode)
        var refused = 0
        for round in 0..<30_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            do throws(MalformedBytes) {
                let changes = try ByteReader.read(bytes) { (reader) throws(MalformedBytes) in
                    try StoredCommit.decode(&reader)
                }
                #expect(changes.count <= bytes.count)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.offset))
            }
        }
        #expect(refused > 10_000)
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard let place = bytes.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0 ... .max, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], at: place)
        default: bytes.removeLast(bytes.count - place)
        }
    }

    @Test("lists in lists are read to a limit, not to the end of the stack")
    func depth() throws {
        let bytes = [UInt8](repeating: 6, count: 1)
        var deep: [UInt8] = []
        for _ in 0..<1_000_000 { deep += bytes + [1] }
        #expect(throws: MalformedBytes.self) {
            try ByteReader.read(deep) { (reader) throws(MalformedBytes) in try reader.value() }
        }
    }

    @Test("changes that fit no graph are refused before they are carried out")
    func misfits() throws {
        var state = GraphState()
        try state.apply(.createNode(NodeIndex(0), labels: []))
        let ends = RelationshipEnds(
            source: NodeIndex(0), target: NodeIndex(1), type: TypeSymbol(0))
        let misfits: [GraphChange] = [
            .createNode(NodeIndex(0), labels: []), .createNode(NodeIndex(2), labels: []),
            .createNode(NodeIndex(1), labels: [LabelSymbol(0)]), .deleteNode(NodeIndex(1)),
            .addLabel(NodeIndex(0), LabelSymbol(0)), .deleteRelationship(RelationshipIndex(0)),
            .setNodeProperty(NodeIndex(0), KeySymbol(0), true),
            .setRelationshipProperty(RelationshipIndex(0), KeySymbol(0), true),
            .createRelationship(RelationshipIndex(0), ends),
        ]
        for change in misfits {
            #expect(throws: MalformedBytes.self) { try state.replay(change, at: 0) }
        }
        try state.apply(.createNode(NodeIndex(1), labels: []))
        try state.apply(.defineLabel("L"))
        let twice = GraphChange.createNode(NodeIndex(2), labels: [LabelSymbol(0), LabelSymbol(0)])
        #expect(throws: MalformedBytes.self) { try state.replay(twice, at: 0) }
        try state.apply(.defineType("T"))
        try state.replay(.createRelationship(RelationshipIndex(0), ends), at: 0)
        #expect(throws: MalformedBytes.self) { try state.replay(.deleteNode(NodeIndex(0)), at: 0) }
    }
}
