/// A node of an ``EntryTree``: a leaf, or one with children.
struct TreeNode<Entry: TreeEntry>: Sendable {
    /// How many entries, or children, a node has at the most.
    static var capacity: Int { 64 }

    /// A leaf's entries; of another node the separators, one for each child.
    private(set) var entries: [Entry]
    private(set) var children: [TreeNode]
    /// How many entries there are at and below it.
    private(set) var count: Int

    init() { self.init(entries: []) }

    /// A leaf.
    init(entries: [Entry]) {
        self.entries = entries
        children = []
        count = entries.count
    }

    /// A node over others, none of them empty.
    init(joining children: [TreeNode]) {
        entries = children.map { $0.entries[0] }
        self.children = children
        count = children.reduce(0) { $0 + $1.count }
    }

    private var isLeaf: Bool { children.isEmpty }
    private var width: Int { entries.count }
}

// MARK: Searching

extension TreeNode {
    /// The place of the first entry for which the test fails, from the given one on.
    @inline(__always)
    private func cut(from first: Int, _ isBefore: (Entry) -> Bool) -> Int {
        entries.withUnsafeBufferPointer { entries in
            var (low, high) = (first, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if isBefore(entries[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// The child in which a cut lies.
    @inline(__always)
    private func child(_ isBefore: (Entry) -> Bool) -> Int { cut(from: 1, isBefore) - 1 }

    func place(_ isBefore: (Entry) -> Bool) -> Int {
        guard !isLeaf else { return cut(from: 0, isBefore) }
        let child = child(isBefore)
        return children.withUnsafeBufferPointer { children in
            var place = 0
            for left in 0..<child { place += children[left].count }
            return place + children[child].place(isBefore)
        }
    }

    func leaf(at place: Int) -> (entries: [Entry], start: Int) {
        guard !isLeaf else { return (entries, 0) }
        var (child, start) = (0, 0)
        while start + children[child].count <= place {
            start += children[child].count
            child += 1
        }
        let leaf = children[child].leaf(at: place - start)
        return (leaf.entries, start + leaf.start)
    }
}

// MARK: Inserting

extension TreeNode {
    /// Puts an entry in.
    ///
    /// - Returns: The right half, if the node had to be divided.
    mutating func insert(_ entry: Entry) -> TreeNode? {
        if isLeaf {
            let place = cut(from: 0) { $0 < entry }
            guard place == entries.count || entry < entries[place] else { return nil }
            entries.insert(entry, at: place)
            count += 1
        } else {
            let child = child { !(entry < $0) }
            let before = children[child].count
            let right = children[child].insert(entry)
            count += children[child].count + (right?.count ?? 0) - before
            if let right {
                entries.insert(right.entries[0], at: child + 1)
                children.insert(right, at: child + 1)
            }
        }
        return width > Self.capacity ? divide() : nil
    }

    private mutating func divide() -> TreeNode {
        let middle = width / 2
        var right = TreeNode(entries: Array(entries[middle...]))
        entries.removeSubrange(middle...)
        if !isLeaf {
            right.children = Array(children[middle...])
            right.count = right.children.reduce(0) { $0 + $1.count }
            children.removeSubrange(middle...)
        }
        count -= right.count
        return right
    }
}

// MARK: Removing

extension TreeNode {
    /// Takes an entry out, if it is there.
    mutating func remove(_ entry: Entry) {
        if isLeaf {
            let place = cut(from: 0) { $0 < entry }
            guard place < entries.count, !(entry < entries[place]) else { return }
            entries.remove(at: place)
            count -= 1
        } else {
            let child = child { !(entry < $0) }
            let before = children[child].count
            children[child].remove(entry)
            count += children[child].count - before
            if children[child].width < Self.capacity / 4 { join(child) }
        }
    }

    /// Joins a child that has become small with a neighbour, if both fit into one node.
    private mutating func join(_ child: Int) {
        if children[child].width == 0 {
            children.remove(at: child)
            entries.remove(at: child)
            return
        }
        for left in [child - 1, child] where left >= 0 && left + 1 < children.count {
            guard children[left].width + children[left + 1].width <= Self.capacity else { continue }
            let right = children.remove(at: left + 1)
            let separator = entries.remove(at: left + 1)
            children[left].append(right, from: separator)
            return
        }
    }

    private mutating func append(_ right: TreeNode, from separator: Entry) {
        let first = entries.count
        entries += right.entries
        // The first separator of a node says nothing; here it becomes one that does.
        if !right.isLeaf { entries[first] = separator }
        children += right.children
        count += right.count
    }
}

// MARK: Invariants

extension TreeNode {
    /// What is wrong with the node and those below it, for tests; empty if nothing is.
    func faults(isRoot: Bool = true) -> [String] {
        var faults: [String] = []
        if !isRoot, width == 0 { faults.append("a node is empty") }
        if width > Self.capacity { faults.append("a node is too wide") }
        for (left, right) in zip(
            entries.dropFirst(isLeaf ? 0 : 1), entries.dropFirst(isLeaf ? 1 : 2))
        where !(left < right) { faults.append("entries are out of order") }
        guard !isLeaf else { return faults + (count == width ? [] : ["a leaf counts wrong"]) }
        if children.count != width { faults.append("there is not a separator for each child") }
        if count != children.reduce(0, { $0 + $1.count }) { faults.append("a node counts wrong") }
        if Set(children.map(\.depth)).count != 1 { faults.append("leaves are of several depths") }
        for place in children.indices.dropFirst() {
            if let first = children[place].first, first < entries[place] {
                faults.append("an entry is before its separator")
            }
            if let last = children[place - 1].last, !(last < entries[place]) {
                faults.append("an entry is not before the next separator")
            }
        }
        return faults + children.flatMap { $0.faults(isRoot: false) }
    }

    private var depth: Int { (children.first?.depth ?? 0) + 1 }
    private var first: Entry? { isLeaf ? entries.first : children.first?.first }
    private var last: Entry? { isLeaf ? entries.last : children.last?.last }
}
