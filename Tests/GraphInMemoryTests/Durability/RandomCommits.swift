import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

/// Commits drawn at random that fit each other, and the states that they lead to.
struct RandomCommits {
    private(set) var commits: [[GraphChange]] = []
    /// The state after none, one, two … commits.
    private(set) var states = [GraphState()]
    private var random: SeededGenerator
    private var current: [GraphChange] = []
    private var state = GraphState()

    init(count: Int, seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        for number in 0..<count {
            current = []
            if number == 0 { try defineNames() }
            for _ in 0..<Int.random(in: 1...4, using: &random) { try addChange() }
            if current.isEmpty { try apply(.createNode(state.nextNode, labels: [])) }
            commits.append(current)
            states.append(state)
        }
    }

    private mutating func apply(_ change: GraphChange) throws {
        try #require(state.admits(change), "\(change)")
        try state.apply(change)
        current.append(change)
    }

    private mutating func defineNames() throws {
        for name in ["Person", "Città"] { try apply(.defineLabel(GraphLabel(name))) }
        try apply(.defineType("KNOWS"))
        for name in ["name", "age"] { try apply(.defineKey(PropertyKey(name))) }
        try apply(.createIndex(GraphIndex("Person", "name", kind: .ordered)))
    }

    private mutating func addChange() throws {
        let nodes = Array(state.nodes())
        let relationships = Array(state.relationships())
        let key = KeySymbol(UInt32.random(in: 0...1, using: &random))
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2:
            try apply(
                .createNode(
                    state.nextNode, labels: Bool.random(using: &random) ? [LabelSymbol(0)] : []))
        case 3...5:
            guard let source = nodes.randomElement(using: &random),
                let target = nodes.randomElement(using: &random)
            else { return }
            try apply(
                .createRelationship(
                    state.nextRelationship,
                    RelationshipEnds(source: source, target: target, type: TypeSymbol(0))))
        case 6:
            guard let node = nodes.randomElement(using: &random) else { return }
            try apply(.setNodeProperty(node, key, Bool.random(using: &random) ? value() : nil))
        case 7:
            guard let relationship = relationships.randomElement(using: &random) else { return }
            try apply(
                .setRelationshipProperty(
                    relationship, key, Bool.random(using: &random) ? value() : nil))
        case 8:
            guard let node = nodes.randomElement(using: &random) else { return }
            try apply(.addLabel(node, LabelSymbol(1)))
        case 9:
            guard let node = nodes.randomElement(using: &random) else { return }
            try apply(.removeLabel(node, LabelSymbol(0)))
        case 10:
            guard let relationship = relationships.randomElement(using: &random) else { return }
            try apply(.deleteRelationship(relationship))
        default:
            guard let node = nodes.randomElement(using: &random),
                state.degree(of: node, .either) == 0
            else { return }
            try apply(.deleteNode(node))
        }
    }

    private mutating func value() -> GraphValue { Self.value(&random) }

    static func value(_ random: inout SeededGenerator, depth: Int = 0) -> GraphValue {
        switch Int.random(in: 0..<(depth < 3 ? 7 : 6), using: &random) {
        case 0: .bool(Bool.random(using: &random))
        case 1: .integer(Int64.random(in: .min ... .max, using: &random))
        case 2: .integer(Int64.random(in: -100...100, using: &random))
        case 3: .double(Double.random(in: -1e9...1e9, using: &random))
        case 4: .string(String("Größe 🙂 abc".prefix(Int.random(in: 0...11, using: &random))))
        case 5:
            .bytes(
                (0..<Int.random(in: 0...9, using: &random)).map { _ in
                    UInt8.random(in: 0 ... .max, using: &random)
                })
        default:
            .list(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    value(&random, depth: depth + 1)
                })
        }
    }
}

extension GraphState {
    /// The whole state as bytes: two states are the same exactly if these are.
    var digest: [UInt8] {
        get throws {
            let disk = SimulatedDisk()
            let header = FileHeader(
                kind: .snapshot, identity: StoreIdentity(high: 0, low: 0), sequence: 0, salt: 0)
            try SnapshotWriter.write(self, header, to: disk.create("digest"))
            return disk.bytes(of: "digest")
        }
    }
}
