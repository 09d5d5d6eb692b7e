/// A set of places as a bit for each, in pages of 16,384; a value whose copies share pages.
struct PagedBitmap: Sendable {
    private var words = PagedVector<UInt64>(default: 0)

    @inline(__always)
    func contains(_ place: Int) -> Bool { words[place >> 6] >> UInt64(place & 63) & 1 != 0 }

    mutating func insert(_ place: Int) {
        words.mutate(place >> 6) { $0 |= 1 << UInt64(place & 63) }
    }

    mutating func remove(_ place: Int) {
        guard contains(place) else { return }
        words.mutate(place >> 6) { $0 &= ~(1 << UInt64(place & 63)) }
    }

    /// Inserts all places of a range, 64 at a time.
    mutating func insert(_ range: Range<Int>) {
        guard let last = range.last else { return }
        let first = range.lowerBound
        let head: UInt64 = ~0 << UInt64(first & 63)
        let tail: UInt64 = ~0 >> UInt64(63 - last & 63)
        words.fillPages(from: first >> 6, count: (last >> 6) - (first >> 6) + 1) { place, words in
            for offset in words.indices {
                var mask: UInt64 = ~0
                if place + offset == first >> 6 { mask &= head }
                if place + offset == last >> 6 { mask &= tail }
                words[offset] |= mask
            }
        }
    }

    /// The least place that is in it, from one on.
    @inline(__always)
    func next(from place: Int) -> Int? {
        var word = place >> 6
        var bits = words[word] & (~0 << UInt64(place & 63))
        while bits == 0 {
            word += 1
            guard let present = words.nextPage(from: word, before: words.endOfPages) else {
                return nil
            }
            word = present
            bits = words[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }

    /// How many places are in it.
    ///
    /// O(places up to the largest).
    var count: Int {
        var count = 0
        words.forEachPage(in: 0..<words.endOfPages) { _, words in
            for word in words { count += word.nonzeroBitCount }
        }
        return count
    }

    var byteCount: Int { words.byteCount }
}
