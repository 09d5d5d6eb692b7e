internal import StorageKit

/// Which nodes there are, and which labels they have.
///
/// ```
///   sets      0: not there   1: {}   2: {Person}   3: {Person, Admin}  …   each set once
///   setOf     2 2 3 0 2 1 …                        4 bytes a node, in pages
///   members   Person: 1 1 1 0 1 0 …  and a count   a bit a node and label, in pages
/// ```
struct NodeTable: Sendable {
    private(set) var sets: [[LabelSymbol]] = [[], []]
    private var numbers: [[LabelSymbol]: UInt32] = [[]: Self.unlabelled]
    private(set) var setOf = PagedVector<UInt32>(default: Self.absent)
    private(set) var members: [LabelMembers] = []

    static let absent: UInt32 = 0
    static let unlabelled: UInt32 = 1

    @inline(__always)
    func contains(_ node: NodeIndex) -> Bool { setOf[node.place] != Self.absent }

    func labels(of node: NodeIndex) -> [LabelSymbol] { sets[Int(setOf[node.place])] }

    func members(of label: LabelSymbol) -> LabelMembers {
        let slot = Int(label.rawValue)
        return slot < members.count ? members[slot] : LabelMembers()
    }

    mutating func create(_ node: NodeIndex, labels: [LabelSymbol]) {
        let labels = Set(labels).sorted()
        setOf[node.place] = number(of: labels)
        for label in labels { insert(node, to: label) }
    }

    mutating func delete(_ node: NodeIndex) {
        for label in labels(of: node) { members[Int(label.rawValue)].remove(node.place) }
        setOf[node.place] = Self.absent
    }

    mutating func add(_ label: LabelSymbol, to node: NodeIndex) {
        setOf[node.place] = number(of: (labels(of: node) + [label]).sorted())
        insert(node, to: label)
    }

    mutating func remove(_ label: LabelSymbol, from node: NodeIndex) {
        setOf[node.place] = number(of: labels(of: node).filter { $0 != label })
        members[Int(label.rawValue)].remove(node.place)
    }

    /// Adds nodes that follow each other and have the same labels.
    mutating func load(_ nodes: Range<Int>, labels: [LabelSymbol]) {
        let labels = Set(labels).sorted()
        let set = number(of: labels)
        setOf.fillPages(from: nodes.lowerBound, count: nodes.count) { $1.update(repeating: set) }
        for label in labels {
            makeRoom(for: label)
            members[Int(label.rawValue)].insert(nodes)
        }
    }

    private mutating func insert(_ node: NodeIndex, to label: LabelSymbol) {
        makeRoom(for: label)
        members[Int(label.rawValue)].insert(node.place)
    }

    private mutating func makeRoom(for label: LabelSymbol) {
        while members.count <= Int(label.rawValue) { members.append(LabelMembers()) }
    }

    /// The number of a sorted set.
    private mutating func number(of labels: [LabelSymbol]) -> UInt32 {
        if let number = numbers[labels] { return number }
        let number = UInt32(sets.count)
        sets.append(labels)
        numbers[labels] = number
        return number
    }

    var byteCount: Int {
        let sets = sets.reduce(0) { $0 + 2 * Allocation.arrayBytes + $1.count * 8 }
        return members.reduce(setOf.byteCount + sets) { $0 + $1.places.byteCount }
    }
}

/// The nodes that have a label.
struct LabelMembers: Sendable {
    private(set) var places = PagedBitmap()
    private(set) var count = 0

    mutating func insert(_ place: Int) {
        places.insert(place)
        count += 1
    }

    mutating func remove(_ place: Int) {
        places.remove(place)
        count -= 1
    }

    mutating func insert(_ range: Range<Int>) {
        places.insert(range)
        count += range.count
    }
}
