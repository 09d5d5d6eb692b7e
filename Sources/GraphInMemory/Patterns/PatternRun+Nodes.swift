internal import StorageKit

// Steps that find nodes by themselves.

extension PatternRun {
    private static var chunk: Int { 256 }

    mutating func openScan(_ depth: Int) {
        cursors[depth].nodes.removeAll(keepingCapacity: true)
        cursors[depth].place = 0
        cursors[depth].rest = NodeIndex(0)
    }

    mutating func openSeek(_ depth: Int, _ index: GraphIndex, _ values: [PatternOperand]) {
        var nodes: [NodeIndex] = []
        for operand in values {
            guard let value = bindings.value(of: operand, in: state) else { continue }
            nodes += state.indexes.nodes(in: index, equalTo: value)
        }
        begin(depth, values.count > 1 ? nodes.withoutRepetition : nodes)
    }

    mutating func openRange(_ depth: Int, _ index: GraphIndex, _ range: IndexRange) {
        begin(depth, state.indexes[index]?.entries(in: range).map(\.node) ?? [])
    }

    mutating func openNodes(_ depth: Int, _ values: [PatternOperand]) {
        let nodes = values.compactMap { bindings.value(of: $0, in: state)?.node }
            .filter { state.contains($0) }
        begin(depth, nodes.withoutRepetition)
    }

    private mutating func begin(_ depth: Int, _ nodes: [NodeIndex]) {
        cursors[depth].nodes = nodes
        cursors[depth].place = 0
        cursors[depth].rest = nil
    }

    mutating func advanceNodes(_ depth: Int) -> Outcome {
        let step = plan.steps[depth]
        while true {
            while cursors[depth].place < cursors[depth].nodes.count {
                guard work < limit else { return .paused }
                work += 1
                let node = cursors[depth].nodes[cursors[depth].place]
                cursors[depth].place += 1
                if accept(node, step) { return .found }
            }
            guard let rest = cursors[depth].rest, case .scan(let label) = step.kind else {
                return .ended
            }
            fill(depth, label, from: rest)
        }
    }

    /// Takes the next nodes of a scan: some at a time, so that a scan is not an array of all.
    private mutating func fill(_ depth: Int, _ label: LabelSymbol?, from first: NodeIndex) {
        var nodes: [NodeIndex] = []
        for node in state.nodes(labelled: label, from: first) {
            nodes.append(node)
            if nodes.count == Self.chunk { break }
        }
        let last = nodes.count == Self.chunk ? nodes.last : nil
        begin(depth, nodes)
        cursors[depth].rest = last.map { NodeIndex($0.rawValue + 1) }
    }
}

extension [NodeIndex] {
    /// Each once, in the order of their first places.
    fileprivate var withoutRepetition: [NodeIndex] {
        var seen: Set<NodeIndex> = []
        return filter { seen.insert($0).inserted }
    }
}

extension GraphValue {
    /// The node whose number it is; a number that is whole is equal to an id, as to an integer.
    fileprivate var node: NodeIndex? {
        switch self {
        case .integer(let number): NodeIndex(NodeID(UInt64(bitPattern: number)))
        case .double(let number): UInt64(exactly: number).flatMap { NodeIndex(NodeID($0)) }
        case .bool, .string, .bytes, .list: nil
        }
    }
}
