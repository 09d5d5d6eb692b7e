internal import StorageKit

/// A walk over a range of an index, either way; its iterator is a value that can be kept.
struct IndexWalk<Entry: TreeEntry>: Sequence, Sendable {
    fileprivate let tree: EntryTree<Entry>
    fileprivate let places: Range<Int>
    fileprivate let isDescending: Bool

    init(_ tree: EntryTree<Entry>, _ places: Range<Int>, descending: Bool = false) {
        self.tree = tree
        self.places = places
        isDescending = descending
    }

    func makeIterator() -> Iterator { Iterator(self) }

    struct Iterator: IteratorProtocol, Sendable {
        private let tree: EntryTree<Entry>
        private var places: Range<Int>
        private let isDescending: Bool
        private var leaf: [Entry] = []
        private var leafStart = 0

        fileprivate init(_ walk: IndexWalk) {
            tree = walk.tree
            places = walk.places
            isDescending = walk.isDescending
        }

        mutating func next() -> Entry? {
            guard !places.isEmpty else { return nil }
            let place: Int
            if isDescending {
                place = places.upperBound - 1
                places = places.lowerBound..<place
            } else {
                place = places.lowerBound
                places = place + 1..<places.upperBound
            }
            if place < leafStart || place - leafStart >= leaf.count {
                (leaf, leafStart) = tree.leaf(at: place)
            }
            return leaf[place - leafStart]
        }
    }
}
