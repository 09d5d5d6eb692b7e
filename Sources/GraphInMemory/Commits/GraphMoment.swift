/// One state of a graph behind a reference, so that a reader takes it with a single retain.
final class GraphMoment: Sendable {
    let state: GraphState

    init(_ state: GraphState) { self.state = state }
}
