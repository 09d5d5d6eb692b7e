/// Edges on their way into compressed rows: in each row the neighbours, and which edge it is.
///
/// Turning rows around is a counting sort by the neighbour: each edge goes into its neighbour's
/// row. Since that is done row by row, the new rows are ascending, and edges that are alike stay in
/// their order. So edges in any order become sorted rows by being put into rows and turned around,
/// and the rows of the other direction by turning these around again; no row is ever sorted by
/// comparing.
struct PackedRows {
    /// Where each row begins, and at last where the last one ends.
    private(set) var offsets: [UInt32]
    /// Each entry's neighbour in the upper half, and in the lower the place of its edge.
    private var entries: [UInt64]

    /// Puts edges into the rows of their second nodes, in the order they are given.
    ///
    /// O(nodes + edges). All nodes are below the node count.
    ///
    /// - Parameter isUndirected: Whether each is to be in the rows of both nodes, one to itself
    ///   once.
    init(nodeCount: Int, from: [NodeIndex], to: [NodeIndex], isUndirected: Bool = false) {
        precondition(from.count == to.count)
        (offsets, entries) = from.withUnsafeBufferPointer { from in
            to.withUnsafeBufferPointer { to in
                let offsets = Self.offsets(nodeCount, from, to, isUndirected)
                return (offsets, Self.entries(offsets, from, to, isUndirected))
            }
        }
    }

    private init(offsets: [UInt32], entries: [UInt64]) {
        self.offsets = offsets
        self.entries = entries
    }

    private static func offsets(
        _ nodeCount: Int, _ from: UnsafeBufferPointer<NodeIndex>,
        _ to: UnsafeBufferPointer<NodeIndex>, _ isUndirected: Bool
    ) -> [UInt32] {
        var offsets = [UInt32](repeating: 0, count: nodeCount + 1)
        offsets.withUnsafeMutableBufferPointer { offsets in
            for place in 0..<to.count { offsets[Int(to[place].rawValue) &+ 1] &+= 1 }
            if isUndirected {
                for place in 0..<to.count where from[place] != to[place] {
                    offsets[Int(from[place].rawValue) &+ 1] &+= 1
                }
            }
            for node in 0..<nodeCount { offsets[node &+ 1] &+= offsets[node] }
        }
        return offsets
    }

    private static func entries(
        _ offsets: [UInt32], _ from: UnsafeBufferPointer<NodeIndex>,
        _ to: UnsafeBufferPointer<NodeIndex>, _ isUndirected: Bool
    ) -> [UInt64] {
        filled(offsets) { next, entries in
            for place in 0..<to.count {
                let (source, target) = (from[place].rawValue, to[place].rawValue)
                put(source, UInt32(place), in: target, &next, &entries)
                if isUndirected, source != target {
                    put(target, UInt32(place), in: source, &next, &entries)
                }
            }
        }
    }

    /// The same edges in the rows of their other nodes.
    ///
    /// O(nodes + edges).
    func transposed() -> PackedRows {
        let nodeCount = offsets.count - 1
        return entries.withUnsafeBufferPointer { old in
            var starts = [UInt32](repeating: 0, count: nodeCount + 1)
            starts.withUnsafeMutableBufferPointer { starts in
                for entry in old { starts[Int(entry &>> 32) &+ 1] &+= 1 }
                for node in 0..<nodeCount { starts[node &+ 1] &+= starts[node] }
            }
            let new = Self.filled(starts) { next, entries in
                offsets.withUnsafeBufferPointer { offsets in
                    for node in 0..<nodeCount {
                        for place in Int(offsets[node])..<Int(offsets[node &+ 1]) {
                            let entry = old[place]
                            let edge = UInt32(truncatingIfNeeded: entry)
                            Self.put(
                                UInt32(node), edge, in: UInt32(entry &>> 32), &next, &entries)
                        }
                    }
                }
            }
            return PackedRows(offsets: starts, entries: new)
        }
    }

    /// Entries that a call puts into their rows, all of them.
    private static func filled(
        _ offsets: [UInt32],
        _ fill: (inout UnsafeMutableBufferPointer<UInt32>, inout UnsafeMutableBufferPointer<UInt64>)
            -> Void
    ) -> [UInt64] {
        var next = offsets
        let count = Int(offsets[offsets.count - 1])
        return next.withUnsafeMutableBufferPointer { next in
            [UInt64](unsafeUninitializedCapacity: count) { entries, initialized in
                fill(&next, &entries)
                initialized = count
            }
        }
    }

    @inline(__always)
    private static func put(
        _ neighbour: UInt32, _ edge: UInt32, in row: UInt32,
        _ next: inout UnsafeMutableBufferPointer<UInt32>,
        _ entries: inout UnsafeMutableBufferPointer<UInt64>
    ) {
        let place = Int(next[Int(row)])
        next[Int(row)] &+= 1
        entries.initializeElement(at: place, to: UInt64(neighbour) &<< 32 | UInt64(edge))
    }

    /// The rows in their final form.
    func compressed(_ relationships: [RelationshipIndex]) -> CompressedRows {
        CompressedRows(
            offsets: offsets, neighbours: map { NodeIndex(UInt32($0 &>> 32)) },
            relationships: values(relationships))
    }

    /// What each entry's edge has, in step with the entries.
    func values<Value: BitwiseCopyable>(_ valueOfEdge: [Value]) -> [Value] {
        valueOfEdge.withUnsafeBufferPointer { values in
            map { values[Int(UInt32(truncatingIfNeeded: $0))] }
        }
    }

    @inline(__always)
    private func map<Value: BitwiseCopyable>(_ value: (UInt64) -> Value) -> [Value] {
        entries.withUnsafeBufferPointer { entries in
            [Value](unsafeUninitializedCapacity: entries.count) { values, initialized in
                for place in 0..<entries.count {
                    values.initializeElement(at: place, to: value(entries[place]))
                }
                initialized = entries.count
            }
        }
    }
}
