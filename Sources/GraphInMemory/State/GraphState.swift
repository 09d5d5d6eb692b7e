internal import StorageKit

/// A graph at one moment: a value, so that a copy is a snapshot.
///
/// A reader keeps a copy and reads it for as long as it likes; the writer changes a copy of its own
/// and publishes it. Copies share what has not changed since, page by page.
///
/// ```
///   names          labels, types, keys ◀──▶ small numbers                        SymbolTable
///
///   nodes          set of labels       2  2  3  0  2 …     4 bytes a node        NodeTable
///                  nodes of a label    1  1  1  0  1 …     a bit a node
///
///   relationships  source target type  0 1 F │ 1 0 F │ …   12 bytes each         RelationshipTable
///
///   adjacency      for each type and direction                                   Adjacency
///                    base   offsets ─▶ neighbours, relationships   8 bytes each  BaseRows
///                    recent for nodes whose row has changed since                RecentRow
///                           length, removals, and a chain of what is new ─┐
///                  links    what follows in the chains of both ends ◀─────┘      ChainLinks
///
///   properties     for each key: values of one type, and which places have one   PropertyColumns
///   indexes        for each (label, key): values ─▶ nodes                        GraphIndexes
/// ```
///
/// Places of nodes and relationships are given in order, and never twice. So the bases are all the
/// relationships below a boundary (`adjacency.boundary`) that were there when they were built, the
/// chains are those from the boundary on, and one that was deleted is found gone in the table,
/// wherever it is still named. ``merged()`` builds new bases off to the side.
///
/// Everything that is not a whole-graph operation is O(1), or O(log n) where it says so; changing
/// anything that a copy has as well copies some pages first, a few microseconds. The decision and
/// its alternatives: `docs/decisions/0025-graph-storage.md`.
struct GraphState: Sendable {
    var labels = SymbolTable<GraphLabel>()
    var types = SymbolTable<RelationshipType>()
    var keys = SymbolTable<PropertyKey>()

    /// The place that the next node gets; places below it may be of nodes that were deleted.
    var nextNode: NodeIndex { NodeIndex(UInt32(truncatingIfNeeded: nodeEnd)) }
    var nextRelationship: RelationshipIndex {
        RelationshipIndex(UInt32(truncatingIfNeeded: relationshipEnd))
    }
    var nodeCount = 0
    var relationshipCount = 0

    var indexes = GraphIndexes()

    // What follows is changed in this folder only, by changes and loads.
    var nodeEnd = 0
    var relationshipEnd = 0
    var nodeTable = NodeTable()
    var relationshipTable = RelationshipTable()
    var adjacency = Adjacency()
    var nodeProperties = PropertyColumns()
    var relationshipProperties = PropertyColumns()
}
