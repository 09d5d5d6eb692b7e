/// Nodes waiting in buckets that are numbered upward, of which only a window is in use.
///
/// A bucket is a list through a pool of entries; those that were taken are used again first, while
/// they are in the processor's cache. Bits tell which buckets hold something, so that empty ones
/// cost a sixty-fourth of a look each.
struct BucketQueue: ~Copyable {
    /// How many buckets there are; numbers are taken modulo this.
    static let bucketCount = 1024
    private static let noEntry = UInt32.max

    private let firstEntry: WorkBuffer<UInt32>
    private let isFilled: WorkBuffer<UInt64>
    /// Each entry's node, and in the upper half the next entry of its bucket.
    private var entries: WorkBuffer<UInt64>
    private var freeEntry = Self.noEntry
    private var usedCount: UInt32 = 0

    init() {
        firstEntry = WorkBuffer(repeating: Self.noEntry, count: Self.bucketCount)
        isFilled = WorkBuffer(repeating: 0, count: Self.bucketCount / 64)
        entries = WorkBuffer(repeating: 0, count: 4096)
    }

    /// Adds a node to a bucket.
    @inline(__always)
    mutating func push(_ node: UInt32, to number: Int) {
        let bucket = number & (Self.bucketCount - 1)
        let entry = freeEntry == Self.noEntry ? newEntry() : freeEntry
        if freeEntry == entry { freeEntry = UInt32(entries[Int(entry)] &>> 32) }
        entries[Int(entry)] = UInt64(node) | UInt64(firstEntry[bucket]) &<< 32
        firstEntry[bucket] = entry
        isFilled[bucket &>> 6] |= 1 &<< UInt64(bucket & 63)
    }

    /// Takes a node from a bucket; `nil` when there is none left.
    @inline(__always)
    mutating func pop(from number: Int) -> UInt32? {
        let bucket = number & (Self.bucketCount - 1)
        let entry = firstEntry[bucket]
        guard entry != Self.noEntry else {
            isFilled[bucket &>> 6] &= ~(1 &<< UInt64(bucket & 63))
            return nil
        }
        let value = entries[Int(entry)]
        firstEntry[bucket] = UInt32(value &>> 32)
        entries[Int(entry)] = UInt64(freeEntry) &<< 32
        freeEntry = entry
        return UInt32(truncatingIfNeeded: value)
    }

    /// The first bucket from a number on that may hold something; `nil` where all are empty.
    func firstFilled(from number: Int) -> Int? {
        var number = number
        let end = number + Self.bucketCount
        while number < end {
            let bucket = number & (Self.bucketCount - 1)
            let word = isFilled[bucket / 64] >> UInt64(bucket % 64)
            if word != 0 { return number + word.trailingZeroBitCount }
            number += 64 - bucket % 64
        }
        return nil
    }

    @inline(never)
    private mutating func newEntry() -> UInt32 {
        if Int(usedCount) == entries.count {
            entries.grow(to: entries.count * 2, repeating: 0)
        }
        usedCount += 1
        return usedCount - 1
    }
}
