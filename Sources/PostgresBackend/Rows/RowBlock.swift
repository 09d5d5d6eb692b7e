/// Rows as they came from the server, one after the other in one piece of memory.
///
/// libpq's own results are one allocation of two kilobytes for each row in single-row mode. Here
/// the values are copied together as they come, so that many rows are two arrays, and whoever
/// decodes them touches neither libpq nor the connection.
// @unchecked Sendable: filled under the lock of its link, then handed over whole and only read.
final class RowBlock: @unchecked Sendable {
    /// Where a value is; a length below 0 says NULL.
    struct Cell {
        let offset: Int
        let length: Int
    }

    /// How many rows, and bytes, fill a block.
    struct Size: Hashable, Sendable {
        var rows: Int
        var bytes: Int
    }

    var shape: RowShape?
    // Unchecked: touched a few times for every value of every row, by one thread and never while
    // another access is under way.
    @exclusivity(unchecked) private(set) var rowCount = 0
    private let size: Size
    @exclusivity(unchecked) private var cells: ContiguousArray<Cell> = []
    @exclusivity(unchecked) private var memory: UnsafeMutableRawPointer?
    @exclusivity(unchecked) private var capacity = 0
    @exclusivity(unchecked) private var used = 0

    init(size: Size, shape: RowShape? = nil) {
        self.size = size
        self.shape = shape
    }

    /// An empty block with as much room as the one before it has needed.
    init(after earlier: RowBlock) {
        size = earlier.size
        shape = earlier.shape
        cells.reserveCapacity(earlier.cells.count)
        if earlier.used > 0 { grow(by: earlier.used) }
    }

    deinit { memory?.deallocate() }

    var isEmpty: Bool { rowCount == 0 }

    /// Whether whoever fills it should stop.
    var isFull: Bool { rowCount >= size.rows || used >= size.bytes }

    func appendNull() { cells.append(Cell(offset: 0, length: -1)) }

    func append(_ start: UnsafeRawPointer?, count: Int) {
        cells.append(Cell(offset: used, length: count))
        guard let start, count > 0 else { return }
        if used + count > capacity { grow(by: count) }
        memory?.advanced(by: used).copyMemory(from: start, byteCount: count)
        used += count
    }

    func endRow() { rowCount += 1 }

    /// A value, by its place among those of all rows; `nil` for NULL.
    func bytes(at place: Int) -> UnsafeRawBufferPointer? {
        let cell = cells[place]
        guard cell.length >= 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: memory.map { UnsafeRawPointer($0) + cell.offset }, count: cell.length)
    }

    private func grow(by count: Int) {
        capacity = max(capacity * 2, used + count, 256)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        if let memory {
            larger.copyMemory(from: memory, byteCount: used)
            memory.deallocate()
        }
        memory = larger
    }
}
