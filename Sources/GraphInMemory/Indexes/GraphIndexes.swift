internal import StorageKit

/// All indexes of a graph, at one moment: a value, as the state that it is in.
struct GraphIndexes: Sendable {
    /// The indexes in the order in which they were made; there are few.
    private(set) var all: [PropertyIndex] = []

    var definitions: [GraphIndex] { all.map(\.definition) }

    // MARK: Reading

    /// An index with its entries.
    subscript(index: GraphIndex) -> PropertyIndex? { all.first { $0.definition == index } }

    /// An index by a property of a label's nodes, of a kind, if there is one.
    func index(on label: LabelSymbol, _ key: KeySymbol, _ kind: GraphIndex.Kind) -> PropertyIndex? {
        all.first { $0.label == label && $0.key == key && $0.definition.kind == kind }
    }

    /// The nodes in an index whose value is this one, in the order of their places.
    func nodes(in index: GraphIndex, equalTo value: GraphValue) -> [NodeIndex] {
        self[index]?.nodes(equalTo: value) ?? []
    }

    /// How many nodes an index has.
    func count(of index: GraphIndex) -> Int { self[index]?.count ?? 0 }

    // MARK: Writing

    /// Makes an index of what is there; one that is there already stays.
    mutating func create(
        _ index: GraphIndex, label: LabelSymbol, key: KeySymbol,
        entries: [(NodeIndex, GraphValue)]
    ) throws(StorageError) {
        guard self[index] == nil else { return }
        all.append(try PropertyIndex(index, label: label, key: key, entries: entries))
    }

    mutating func drop(_ index: GraphIndex) { all.removeAll { $0.definition == index } }

    /// A node has got a label.
    mutating func insert(
        _ node: NodeIndex, label: LabelSymbol, properties: [(key: KeySymbol, value: GraphValue)]
    ) throws(StorageError) {
        for place in all.indices where all[place].label == label {
            for property in properties where property.key == all[place].key {
                try all[place].insert(node, property.value)
            }
        }
    }

    /// A node has lost a label.
    mutating func remove(
        _ node: NodeIndex, label: LabelSymbol, properties: [(key: KeySymbol, value: GraphValue)]
    ) {
        for place in all.indices where all[place].label == label {
            for property in properties where property.key == all[place].key {
                all[place].remove(node, property.value)
            }
        }
    }

    /// A node's property has changed.
    mutating func change(
        _ node: NodeIndex, labels: [LabelSymbol], key: KeySymbol, from old: GraphValue?,
        to new: GraphValue?
    ) throws(StorageError) {
        for place in all.indices where all[place].key == key {
            guard labels.contains(all[place].label) else { continue }
            if let old { all[place].remove(node, old) }
            if let new { try all[place].insert(node, new) }
        }
    }
}
