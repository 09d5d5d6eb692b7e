/// Nodes by their distance, the nearest first: a binary heap.
struct DistanceHeap {
    struct Entry {
        let distance: Double
        let node: UInt32
    }

    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    /// The nearest, which stays.
    var first: Entry? { entries.first }

    /// Takes out all, and keeps the memory.
    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// O(log n).
    mutating func push(_ node: UInt32, at distance: Double) {
        let entry = Entry(distance: distance, node: node)
        entries.append(entry)
        entries.withUnsafeMutableBufferPointer { entries in
            var place = entries.count &- 1
            while place > 0 {
                let parent = (place &- 1) / 2
                guard distance < entries[parent].distance else { break }
                entries[place] = entries[parent]
                place = parent
            }
            entries[place] = entry
        }
    }

    /// Takes the nearest; O(log n).
    mutating func pop() -> Entry? {
        guard let last = entries.popLast() else { return nil }
        guard let nearest = entries.first else { return last }
        entries.withUnsafeMutableBufferPointer { Self.sink(last, in: $0) }
        return nearest
    }

    /// Puts an entry where the root was taken.
    private static func sink(_ entry: Entry, in entries: UnsafeMutableBufferPointer<Entry>) {
        var place = 0
        while true {
            var child = 2 &* place &+ 1
            guard child < entries.count else { break }
            let right = child &+ 1
            if right < entries.count, entries[right].distance < entries[child].distance {
                child = right
            }
            guard entries[child].distance < entry.distance else { break }
            entries[place] = entries[child]
            place = child
        }
        entries[place] = entry
    }
}
