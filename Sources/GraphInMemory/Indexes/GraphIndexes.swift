internal import StorageKit

/// All indexes of a graph, at one moment: a value, as the state that it is in.
struct GraphIndexes: Sendable {
    private(set) var definitions: [GraphIndex] = []
    private var entries: [GraphIndex: [(node: NodeIndex, value: GraphValue)]] = [:]
    private var places: [GraphIndex: (label: LabelSymbol, key: KeySymbol)] = [:]

    // MARK: Reading

    /// The nodes in an index whose value is this one, in no order.
    func nodes(in index: GraphIndex, equalTo value: GraphValue) -> [NodeIndex] {
        (entries[index] ?? []).filter { $0.value.isEqual(to: value) }.map(\.node)
    }

    /// How many nodes an index has.
    func count(of index: GraphIndex) -> Int { entries[index]?.count ?? 0 }

    // MARK: Writing

    /// Makes an index of what is there; one that is there already stays.
    mutating func create(
        _ index: GraphIndex, label: LabelSymbol, key: KeySymbol,
        entries: [(NodeIndex, GraphValue)]
    ) throws(StorageError) {
        guard !definitions.contains(index) else { return }
        definitions.append(index)
        places[index] = (label, key)
        self.entries[index] = []
        for (node, value) in entries { try add(node, value, to: index) }
    }

    mutating func drop(_ index: GraphIndex) {
        definitions.removeAll { $0 == index }
        places[index] = nil
        entries[index] = nil
    }

    /// A node has got a label.
    mutating func insert(
        _ node: NodeIndex, label: LabelSymbol, properties: [(key: KeySymbol, value: GraphValue)]
    ) throws(StorageError) {
        for index in definitions where places[index]?.label == label {
            for property in properties where property.key == places[index]?.key {
                try add(node, property.value, to: index)
            }
        }
    }

    /// A node has lost a label.
    mutating func remove(
        _ node: NodeIndex, label: LabelSymbol, properties: [(key: KeySymbol, value: GraphValue)]
    ) {
        for index in definitions where places[index]?.label == label {
            entries[index]?.removeAll { $0.node == node }
        }
    }

    /// A node's property has changed.
    mutating func change(
        _ node: NodeIndex, labels: [LabelSymbol], key: KeySymbol, from old: GraphValue?,
        to new: GraphValue?
    ) throws(StorageError) {
        for index in definitions where places[index]?.key == key {
            guard let label = places[index]?.label, labels.contains(label) else { continue }
            entries[index]?.removeAll { $0.node == node }
            if let new { try add(node, new, to: index) }
        }
    }

    private mutating func add(
        _ node: NodeIndex, _ value: GraphValue, to index: GraphIndex
    ) throws(StorageError) {
        if index.isUnique, !nodes(in: index, equalTo: value).isEmpty {
            throw StorageError(
                code: .constraintViolation,
                message: "another node of \(index.label) has the same \(index.key)")
        }
        entries[index]?.append((node, value))
    }
}
