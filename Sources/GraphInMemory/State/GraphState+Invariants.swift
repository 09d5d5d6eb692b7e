internal import StorageKit

extension GraphState {
    /// What is not as it has to be; empty for a state that is right.
    ///
    /// O(everything); for tests.
    func checkInvariants() -> [String] {
        nodeFaults() + labelFaults() + relationshipFaults() + adjacencyFaults() + rowFaults()
            + propertyFaults(nodeProperties, "node") { contains(NodeIndex(UInt32($0))) }
            + propertyFaults(relationshipProperties, "relationship") {
                contains(RelationshipIndex(UInt32($0)))
            }
    }

    private func nodeFaults() -> [String] {
        let there = (0..<nodeEnd).filter { nodeTable.setOf[$0] != NodeTable.absent }
        var faults: [String] = []
        if there.count != nodeCount { faults.append("\(there.count) nodes, counted \(nodeCount)") }
        if Array(nodes()).map(\.place) != there { faults.append("walking nodes gives others") }
        return faults
    }

    private func labelFaults() -> [String] {
        nodeTable.members.indices.flatMap { slot -> [String] in
            let label = LabelSymbol(UInt32(slot))
            let there = (0..<nodeEnd).filter {
                nodeTable.labels(of: NodeIndex(UInt32($0))).contains(label)
            }
            let agree =
                Array(nodes(labelled: label)).map(\.place) == there
                && count(of: label) == there.count
                && nodeTable.members[slot].places.count == there.count
            return agree ? [] : ["the members of label \(slot) are not the nodes that have it"]
        }
    }

    private func relationshipFaults() -> [String] {
        var counts: [TypeSymbol: Int] = [:]
        var faults: [String] = []
        for place in 0..<relationshipEnd {
            guard let ends = ends(of: RelationshipIndex(UInt32(place))) else { continue }
            counts[ends.type, default: 0] += 1
            if !contains(ends.source) || !contains(ends.target) {
                faults.append("relationship \(place) has an end that is not there")
            }
        }
        if counts.values.reduce(0, +) != relationshipCount {
            faults.append("relationships counted \(relationshipCount)")
        }
        for slot in adjacency.types.indices {
            let type = TypeSymbol(UInt32(slot))
            if count(of: type) != counts[type] ?? 0 { faults.append("type \(slot) miscounted") }
        }
        return faults
    }

    /// Each relationship is once in the row of its source and once in that of its target.
    private func adjacencyFaults() -> [String] {
        var faults: [String] = []
        for direction in [GraphDirection.outgoing, .incoming] {
            var seen = Set<RelationshipIndex>()
            for node in nodes() {
                var length = 0
                for adjacent in adjacent(to: node, direction) {
                    length += 1
                    let ends = ends(of: adjacent.relationship)
                    let here = direction == .outgoing ? ends?.source : ends?.target
                    let there = direction == .outgoing ? ends?.target : ends?.source
                    if here != node || there != adjacent.node
                        || !seen.insert(adjacent.relationship).inserted
                    {
                        faults.append("\(adjacent) is wrongly in the row of \(node)")
                    }
                }
                if length != degree(of: node, direction) {
                    faults.append("\(node) has \(length) \(direction), counted otherwise")
                }
            }
            if seen.count != relationshipCount { faults.append("rows lack relationships") }
        }
        return faults
    }

    /// The rows of the bases are ascending, and hold only what is below the boundary.
    private func rowFaults() -> [String] {
        adjacency.types.flatMap { [$0.outgoing.base, $0.incoming.base] }.flatMap { base in
            var faults: [String] = []
            base.forEachRow { node, entries in
                let row = entries.map { (base.rows.neighbours[$0], base.rows.relationships[$0]) }
                if zip(row, row.dropFirst()).contains(where: { $0 >= $1 }) {
                    faults.append("the row of \(node) is not ascending")
                }
                if row.contains(where: { $0.1.place >= adjacency.boundary }) {
                    faults.append("the row of \(node) is beyond the boundary")
                }
            }
            return faults
        }
    }

    private func propertyFaults(
        _ columns: PropertyColumns, _ owner: String, contains: (Int) -> Bool
    ) -> [String] {
        columns.columns.indices.flatMap { slot -> [String] in
            guard let column = columns.columns[slot] else { return [] }
            var faults: [String] = []
            if column.count == 0 || column.validity.count != column.count {
                faults.append("\(owner) key \(slot) counts \(column.count) values")
            }
            var place = column.validity.next(from: 0)
            while let valid = place {
                if !contains(valid) { faults.append("\(owner) \(valid) is gone, key \(slot) not") }
                place = column.validity.next(from: valid + 1)
            }
            return faults
        }
    }
}
