import StorageKit
import Testing

@testable import GraphInMemory

@Suite("The state of a graph")
struct GraphStateTests {
    @Test("a copy is a snapshot: what is changed afterwards is not in it")
    func copies() throws {
        var state = GraphState()
        try state.apply(.createNode(NodeIndex(0), labels: []))
        let before = state
        try state.apply(.createNode(NodeIndex(1), labels: []))
        #expect(before.nodeCount == 1)
        #expect(state.nodeCount == 2)
    }
}
