/// What an ``EntryTree`` holds: entries in a total order, in which no two are the same.
protocol TreeEntry: Sendable {
    static func < (left: Self, right: Self) -> Bool
}

/// A sorted set as a B+tree that is a value: copies share all nodes that have not changed since.
///
/// ```
///                 [ separators | children ]            a separator is at most the first entry of
///                  /          |          \             its child, and above all of the one before;
///         [a b c d]      [e f g]      [h i j k]        the first one of a node says nothing
/// ```
///
/// A change copies the nodes on its path that a snapshot still holds, and changes the others in
/// place. Each node knows how many entries are below it, so that counting a range is two searches,
/// and a walk is a range of places: an iterator needs no stack, goes either way, and can be kept.
///
/// Nodes are filled to ``capacity``; one that has lost more than three quarters joins a neighbour.
/// Places and searches are O(log n), also beside any number of equal values.
struct EntryTree<Entry: TreeEntry>: Sendable {
    private(set) var root = TreeNode<Entry>()

    /// An empty tree.
    init() {}

    /// How many entries there are.
    var count: Int { root.count }

    // MARK: Searching

    /// How many entries lie before a cut of the order.
    ///
    /// - Parameter isBefore: True for all entries before the cut and for none behind it.
    func place(_ isBefore: (Entry) -> Bool) -> Int { root.place(isBefore) }

    /// The entry right behind a cut; `nil` at the end.
    func first(behind isBefore: (Entry) -> Bool) -> Entry? {
        let place = place(isBefore)
        return place < count ? self[place] : nil
    }

    /// The entry at a place.
    subscript(place: Int) -> Entry {
        let leaf = leaf(at: place)
        return leaf.entries[place - leaf.start]
    }

    /// The leaf in which a place is, and the place of its first entry.
    func leaf(at place: Int) -> (entries: [Entry], start: Int) {
        precondition(place >= 0 && place < count)
        return root.leaf(at: place)
    }

    // MARK: Changing

    /// Puts an entry in; one that is there stays.
    mutating func insert(_ entry: Entry) {
        guard let right = root.insert(entry) else { return }
        let left = root
        root = TreeNode(joining: [left, right])
    }

    /// Takes an entry out, if it is there.
    mutating func remove(_ entry: Entry) {
        root.remove(entry)
        while root.children.count == 1 { root = root.children[0] }
    }

    /// Builds a tree of entries in their order; O(n).
    init(sorted entries: [Entry]) {
        var level = Self.groups(entries).map { TreeNode(entries: Array($0)) }
        while level.count > 1 { level = Self.groups(level).map { TreeNode(joining: Array($0)) } }
        root = level.first ?? TreeNode()
    }

    /// Equal parts that leave room for what comes later.
    private static func groups<Element>(_ elements: [Element]) -> [ArraySlice<Element>] {
        let size = TreeNode<Entry>.capacity * 3 / 4
        let groups = (elements.count + size - 1) / size
        return (0..<groups).map { group in
            elements[elements.count * group / groups..<elements.count * (group + 1) / groups]
        }
    }
}
