/// Which hashes were evicted of late: a bounded queue of which only membership can be asked.
///
/// A table of buckets of four cells, each a fingerprint and the number of its insertion. A ghost is
/// remembered while fewer than so many others were inserted after it, so nothing has to be taken
/// out of a queue; a new one takes the place of the oldest in its bucket. This is how the authors
/// of S3-FIFO propose to keep ghosts: eight bytes each, and no allocation but to grow.
///
/// It can forget a ghost early, when its bucket is crowded, and take one key for another whose
/// fingerprint is the same: both cost a wrong guess of the policy and nothing else.
@usableFromInline
struct GhostTable: Sendable {
    private struct Cell {
        var fingerprint: UInt32 = 0
        /// The number of the insertion, from 1; 0 for an empty cell.
        var stamp: UInt64 = 0
    }

    private static let width = 4

    private var cells: [Cell] = []
    private var insertions: UInt64 = 0

    @usableFromInline
    init() {}

    /// Remembers the fingerprint as the newest of so many.
    mutating func insert(_ fingerprint: UInt32, among count: Int) {
        if cells.count < 2 * count { grow(to: 2 * count) }
        insertions += 1
        place(Cell(fingerprint: fingerprint, stamp: insertions))
    }

    /// Forgets the fingerprint; says whether it was among the newest so many.
    mutating func remove(_ fingerprint: UInt32, within count: Int) -> Bool {
        guard let cell = bucket(of: fingerprint).first(where: { isCell($0, of: fingerprint) })
        else { return false }
        defer { cells[cell].stamp = 0 }
        return insertions - cells[cell].stamp < UInt64(count)
    }

    /// Over the same fingerprint, or else over the oldest.
    private mutating func place(_ cell: Cell) {
        let bucket = bucket(of: cell.fingerprint)
        var target = bucket.lowerBound
        for other in bucket {
            if isCell(other, of: cell.fingerprint) {
                cells[other] = cell
                return
            }
            if cells[other].stamp < cells[target].stamp { target = other }
        }
        cells[target] = cell
    }

    private mutating func grow(to least: Int) {
        var size = max(4 * Self.width, cells.count)
        while size < least { size *= 2 }
        let old = cells
        cells = Array(repeating: Cell(), count: size)
        for cell in old where cell.stamp > 0 { place(cell) }
    }

    private func isCell(_ cell: Int, of fingerprint: UInt32) -> Bool {
        cells[cell].stamp > 0 && cells[cell].fingerprint == fingerprint
    }

    /// The low bits of a hash choose the stripe, so here it is spread once more.
    private func bucket(of fingerprint: UInt32) -> Range<Int> {
        guard !cells.isEmpty else { return 0..<0 }
        let spread = Int((fingerprint &* 0x9E37_79B1) >> 4)
        let first = (spread & (cells.count / Self.width - 1)) * Self.width
        return first..<(first + Self.width)
    }
}
