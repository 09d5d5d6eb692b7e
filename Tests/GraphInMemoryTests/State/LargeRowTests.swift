import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("A node with very many relationships")
struct LargeRowTests {
    private static let count = 1_000_000
    private static let type = TypeSymbol(0)

    @Test("takes a million one by one while every state is kept for a while, and loses some")
    func oneByOne() throws {
        var state = try hub()
        var snapshot = state
        for spoke in 1...Self.count {
            try state.apply(create(spoke, state))
            if spoke % 10 == 0 { snapshot = state }
        }
        #expect(snapshot.degree(of: NodeIndex(0), .outgoing) == Self.count)
        try expectDeletions(&state)
        #expect(walked(snapshot) == Self.count)
    }

    @Test("takes a million at once, and loses some")
    func inBulk() throws {
        var state = try hub()
        try state.loadRelationships(
            sources: [NodeIndex](repeating: NodeIndex(0), count: Self.count),
            targets: (1...Self.count).map { NodeIndex(UInt32($0)) }, type: Self.type)
        #expect(state.pendingCount == 0)
        let snapshot = state
        try expectDeletions(&state)
        #expect(walked(snapshot) == Self.count)
    }

    @Test("can be gone on with in a copy while the row loses everything")
    func deletionWhileWalking() throws {
        var state = try hub()
        for spoke in 1...1_000 { try state.apply(create(spoke, state)) }
        state.install(state.merged())
        for spoke in 1_001...2_000 { try state.apply(create(spoke, state)) }
        var walk = state.adjacent(to: NodeIndex(0), .outgoing).makeIterator()
        var seen = Set<RelationshipIndex>()
        while let adjacent = walk.next() {
            seen.insert(adjacent.relationship)
            try state.apply(.deleteRelationship(adjacent.relationship))
            if seen.count == 1_500 { state.install(state.merged()) }
        }
        #expect(seen.count == 2_000)
        #expect(state.degree(of: NodeIndex(0), .outgoing) == 0)
        #expect(Array(state.adjacent(to: NodeIndex(0), .either)) == [])
    }

    private func hub() throws -> GraphState {
        var state = GraphState()
        try state.loadNodes(count: Self.count + 1, labels: [])
        return state
    }

    private func create(_ spoke: Int, _ state: GraphState) -> GraphChange {
        .createRelationship(
            state.nextRelationship,
            RelationshipEnds(
                source: NodeIndex(0), target: NodeIndex(UInt32(spoke)), type: Self.type))
    }

    private func walked(_ state: GraphState) -> Int {
        state.adjacent(to: NodeIndex(0), .outgoing).reduce(0) { count, _ in count + 1 }
    }

    /// Takes every third away, before and after a merge.
    private func expectDeletions(_ state: inout GraphState) throws {
        for place in stride(from: 0, to: Self.count, by: 3) {
            try state.apply(.deleteRelationship(RelationshipIndex(UInt32(place))))
        }
        let left = Self.count - (Self.count + 2) / 3
        #expect(walked(state) == left)
        #expect(state.degree(of: NodeIndex(0), .outgoing) == left)
        state.install(state.merged())
        #expect(walked(state) == left)
        #expect(state.degree(of: NodeIndex(0), .outgoing) == left)
        #expect(state.degree(of: NodeIndex(1), .either) == 0)
        #expect(state.degree(of: NodeIndex(2), .incoming) == 1)
    }
}
