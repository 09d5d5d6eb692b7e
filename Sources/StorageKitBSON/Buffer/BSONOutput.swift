internal import CLibBSON
internal import StorageKit

/// Bytes that are being written, in the memory of a `bson_t`.
///
/// libbson's manual on `bson_reserve_buffer`: "Grow the internal buffer of `bson` to `size` and set
/// the document length to `size`." While bytes are being written, libbson is told a length of zero,
/// so that what it grows by is what there shall be; at the end it is told the length.
///
/// One task writes it.
final class BSONOutput {
    /// Where the bytes are.
    @exclusivity(unchecked) private(set) var start: UnsafeMutableRawPointer
    /// How many were written.
    @exclusivity(unchecked) var count = 0
    @exclusivity(unchecked) private var capacity: Int
    private var document: OpaquePointer?

    /// The most that BSON's lengths can say.
    private static let largest = Int(Int32.max)

    init(capacity: Int = 512) {
        let document: OpaquePointer = bson_sized_new(capacity)
        // A new document has memory for what it was made for, or the process has ended.
        start = UnsafeMutableRawPointer(bson_reserve_buffer(document, UInt32(capacity)))
        bson_reserve_buffer(document, 0)
        self.capacity = capacity
        self.document = document
    }

    deinit { document.map { bson_destroy($0) } }

    /// Makes place for so many bytes more.
    @inline(__always)
    func reserve(_ more: Int) throws(StorageError) {
        if capacity - count < more { try grow(more) }
    }

    @inline(never)
    private func grow(_ more: Int) throws(StorageError) {
        let wanted = min(max(2 * capacity, count + more), Self.largest)
        guard let document, count + more <= wanted,
            let grown = bson_reserve_buffer(document, UInt32(wanted))
        else { throw BSONLimits.tooLarge }
        bson_reserve_buffer(document, 0)
        start = UnsafeMutableRawPointer(grown)
        capacity = wanted
    }

    /// Gives the `bson_t` away, which has all that was written.
    ///
    /// Nothing is written after it.
    func release() -> OpaquePointer {
        guard let document else { return bson_new() }
        bson_reserve_buffer(document, UInt32(count))
        self.document = nil
        // Whoever still has a container finds no place in it.
        capacity = 0
        count = 0
        return document
    }

    /// A copy of what was written.
    var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: start, count: count)) }
}

extension BSONOutput {
    /// Appends a number in the order of little-endian machines; there must be place for it.
    @inline(__always)
    func append<Number: FixedWidthInteger & BitwiseCopyable>(unchecked number: Number) {
        start.storeBytes(of: number.littleEndian, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    /// Writes a number over what is at a place.
    @inline(__always)
    func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at place: Int) {
        start.storeBytes(of: number.littleEndian, toByteOffset: place, as: Number.self)
    }

    /// Appends bytes; there must be place for them.
    @inline(__always)
    func append(unchecked bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        start.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Puts bytes between those that were written.
    func insert(_ bytes: UnsafeRawBufferPointer, at place: Int) throws(StorageError) {
        try reserve(bytes.count)
        let gap = start.advanced(by: place)
        gap.advanced(by: bytes.count).copyMemory(from: gap, byteCount: count - place)
        if let source = bytes.baseAddress { gap.copyMemory(from: source, byteCount: bytes.count) }
        count += bytes.count
    }
}
