internal import StorageKit

/// What a writer is making: its own copy of the graph, and the changes that led there.
///
/// After an error it is not to be used any more: a part of the call may be in it.
struct GraphDraft: Sendable {
    private(set) var state: GraphState
    private(set) var changes: [GraphChange] = []
    let limits: GraphLimits

    init(_ state: GraphState, _ limits: GraphLimits) {
        self.state = state
        self.limits = limits
    }

    /// Carries a change out and keeps it for the journal.
    mutating func apply(_ change: GraphChange) throws(StorageError) {
        try state.apply(change)
        changes.append(change)
    }

    /// Carries many changes out at once, for a graph without a journal: that there were changes is
    /// all that is kept of them.
    mutating func bulk(
        _ body: (inout GraphState) throws(StorageError) -> Void
    ) throws(StorageError) {
        try body(&state)
        if changes.isEmpty, let type = state.types.names.first { changes = [.defineType(type)] }
    }

    // MARK: Names

    mutating func symbol(of label: GraphLabel) throws(StorageError) -> LabelSymbol {
        if let symbol = state.labels.symbol(of: label) { return symbol }
        let symbol = LabelSymbol(UInt32(state.labels.names.count))
        try apply(.defineLabel(label))
        return symbol
    }

    mutating func symbol(of type: RelationshipType) throws(StorageError) -> TypeSymbol {
        if let symbol = state.types.symbol(of: type) { return symbol }
        let symbol = TypeSymbol(UInt32(state.types.names.count))
        try apply(.defineType(type))
        return symbol
    }

    mutating func symbol(of key: PropertyKey) throws(StorageError) -> KeySymbol {
        if let symbol = state.keys.symbol(of: key) { return symbol }
        let symbol = KeySymbol(UInt32(state.keys.names.count))
        try apply(.defineKey(key))
        return symbol
    }
}

extension StorageError {
    /// There are as many nodes, or relationships, as there can ever be.
    static func graphIsFull(of kind: StaticString) -> StorageError {
        StorageError(
            code: .limitExceeded, message: "the graph has had 2^32 - 1 \(kind), which is all it has"
        )
    }
}
