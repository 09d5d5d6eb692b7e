internal import StorageKit
internal import Synchronization

/// One run over a node's neighbours, batch by batch, on the state of its first batch.
final class NeighbourSource: ResultSource {
    private static let batchSize = 1_000

    private enum Phase {
        case fresh
        case running(any NeighbourWalk)
        case over
    }

    private let node: NodeID
    private let expansion: GraphExpansion
    /// The present state; throws when nothing may be read any more.
    private let state: @Sendable () throws(StorageError) -> GraphState
    private let phase = Mutex(Phase.fresh)

    init(
        of node: NodeID, _ expansion: GraphExpansion,
        in state: @escaping @Sendable () throws(StorageError) -> GraphState
    ) {
        self.node = node
        self.expansion = expansion
        self.state = state
    }

    func nextBatch() async throws(StorageError) -> [GraphNeighbour] {
        guard !Task.isCancelled else { throw .cancelled() }
        let present = try state()
        let walk: any NeighbourWalk
        switch phase.withLock(\.self) {
        case .fresh: walk = present.walk(from: node, expansion)
        case .running(let running): walk = running
        case .over: return []
        }
        phase.withLock { if case .fresh = $0 { $0 = .running(walk) } }
        return walk.next(Self.batchSize)
    }

    func close() { phase.withLock { $0 = .over } }
}

/// A walk that goes on where it stopped.
private protocol NeighbourWalk: Sendable {
    func next(_ count: Int) -> [GraphNeighbour]
}

private final class AdjacentWalk<Adjacents: Sequence<Adjacent> & Sendable>: NeighbourWalk {
    private let iterator: Mutex<Adjacents.Iterator>

    init(_ adjacents: Adjacents) { iterator = Mutex(adjacents.makeIterator()) }

    func next(_ count: Int) -> [GraphNeighbour] {
        iterator.withLock { iterator in
            var batch: [GraphNeighbour] = []
            while batch.count < count, let adjacent = iterator.next() {
                batch.append(adjacent.neighbour)
            }
            return batch
        }
    }
}

extension GraphState {
    fileprivate func walk(from id: NodeID, _ expansion: GraphExpansion) -> any NeighbourWalk {
        guard let node = node(id) else { return AdjacentWalk(EmptyCollection<Adjacent>()) }
        return AdjacentWalk(
            adjacent(to: node, expansion.direction, types: symbols(of: expansion)))
    }
}
