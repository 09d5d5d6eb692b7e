internal import StorageKit

extension GraphState {
    /// Whether enough was written since the rows were built that building them anew pays: an eighth
    /// of what there is, so that each relationship is built into rows a bounded number of times
    /// while a graph grows.
    var needsMerge: Bool {
        pendingCount > max(Self.leastMerge, relationshipCount / 8)
    }

    /// How many were created or deleted since the rows were built.
    var pendingCount: Int { relationshipEnd - adjacency.boundary + adjacency.removals }

    private static var leastMerge: Int { 8_192 }

    /// Builds rows of all that is there, off to the side: the state is a snapshot of the writer's,
    /// and the writer goes on meanwhile.
    ///
    /// Take a state that the writer does not go back behind: were places given again, the rows
    /// would have relationships that are not there. O(nodes + relationships) of the types that
    /// changed.
    func merged() -> GraphMerge {
        let edges = pendingEdges()
        let rows = adjacency.types.indices.map { slot in
            adjacency.types[slot].pending == 0
                ? nil : BaseRows.build(allEdges(of: slot, edges[slot]), nodeCount: nodeEnd)
        }
        return GraphMerge(adjacency: adjacency, boundary: relationshipEnd, rows: rows)
    }

    /// Takes rows over that were built of an earlier moment of this state.
    ///
    /// O(pages of rows that changed since).
    ///
    /// - Returns: `false` when others were taken over since that moment; nothing is changed then.
    @discardableResult
    mutating func install(_ merge: GraphMerge) -> Bool {
        guard merge.adjacency.generation == adjacency.generation,
            merge.boundary <= relationshipEnd
        else { return false }
        adjacency.install(merge)
        return true
    }

    /// The relationships that are in no base yet, type by type.
    func pendingEdges() -> [EdgeList] {
        var edges = [EdgeList](repeating: EdgeList(), count: adjacency.types.count)
        let changed = adjacency.types.indices.filter { adjacency.types[$0].pending > 0 }
        for slot in changed { edges[slot].reserveCapacity(adjacency.types[slot].pending) }
        guard changed.count != 1 else {
            appendPending(to: &edges[changed[0]])
            return edges
        }
        relationshipTable.rows.forEachPage(in: adjacency.boundary..<relationshipEnd) {
            first, rows in
            for offset in rows.indices where rows[offset].isPresent {
                let relationship = RelationshipIndex(UInt32(truncatingIfNeeded: first + offset))
                edges[Int(rows[offset].type.rawValue)].append(
                    rows[offset].source, rows[offset].target, relationship)
            }
        }
        return edges
    }

    /// The same where all are of one type.
    private func appendPending(to edges: inout EdgeList) {
        relationshipTable.rows.forEachPage(in: adjacency.boundary..<relationshipEnd) {
            first, rows in
            for offset in rows.indices where rows[offset].isPresent {
                let relationship = RelationshipIndex(UInt32(truncatingIfNeeded: first + offset))
                edges.append(rows[offset].source, rows[offset].target, relationship)
            }
        }
    }

    /// All relationships of a type: those of its base that are still there, and the newer ones.
    func allEdges(of slot: Int, _ newer: EdgeList) -> EdgeList {
        let base = adjacency.types[slot].outgoing.base
        guard base.rows.count > 0 else { return newer }
        var edges = EdgeList()
        edges.reserveCapacity(base.rows.count + newer.count)
        base.forEachRow { node, entries in
            for entry in entries {
                let relationship = base.rows.relationships[entry]
                guard contains(relationship) else { continue }
                edges.append(node, base.rows.neighbours[entry], relationship)
            }
        }
        edges.append(contentsOf: newer)
        return edges
    }
}

extension EdgeList {
    mutating func append(contentsOf other: EdgeList) {
        sources += other.sources
        targets += other.targets
        relationships += other.relationships
    }
}
