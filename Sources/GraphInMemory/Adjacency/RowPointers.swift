/// The memory of compressed rows, for loops: checked in debug builds only.
///
/// Every row was validated when it was built, so that loops need not do it again.
struct RowPointers {
    let offsets: UnsafeBufferPointer<UInt32>
    let neighbours: UnsafeBufferPointer<NodeIndex>

    /// Where the row of a node lies.
    @inline(__always)
    subscript(node: Int) -> Range<Int> {
        Range(uncheckedBounds: (Int(offsets[node]), Int(offsets[node &+ 1])))
    }

    /// How long the row of a node is.
    @inline(__always)
    func degree(_ node: Int) -> Int { Int(offsets[node &+ 1] &- offsets[node]) }

    /// The neighbour at a place in the rows.
    @inline(__always)
    func neighbour(_ place: Int) -> Int { Int(neighbours[place].rawValue) }
}

extension CompressedRows {
    /// Lends the memory of the rows for the time of a call.
    @inline(__always)
    func withPointers<Result, Failure: Error>(
        _ body: (RowPointers) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try offsets.withUnsafeBufferPointer { offsets throws(Failure) in
            try neighbours.withUnsafeBufferPointer { neighbours throws(Failure) in
                try body(RowPointers(offsets: offsets, neighbours: neighbours))
            }
        }
    }
}
