public import StorageKit
internal import Synchronization

/// A property graph in this process.
///
/// ```swift
/// let graph = GraphInMemory()
/// let ada = try await graph.createNode(["Person"], ["name": "Ada"])
/// let charles = try await graph.createNode(["Person"], ["name": "Charles"])
/// try await graph.createRelationship(from: ada, "KNOWS", to: charles)
/// ```
///
/// ## What it promises beyond the protocols
///
/// * **Readers never wait**, not for writers and not for each other: what they read is a value.
/// * **Serializable.** There is one writer at a time, in the order in which they came, so that
///   transactions happen as if one after the other and none is refused because of another.
/// * **A call is a transaction** of its own, and its answer rests on nothing that may yet be
///   undone.
/// * **A sequence of neighbours is one moment**: that of its first batch.
/// * **Reads of the store inside a transaction's body** see what was committed last, without what
///   the body has written. Writes there are refused (`invalidState`).
///
/// ## What it does not do
///
/// * Readers keep what they read: a snapshot that is held holds the memory of its moment.
/// * Names of labels, types and properties are never forgotten, and no id is used again: 2^32 - 1
///   nodes and as many relationships in the life of a graph.
public final class GraphInMemory: GraphStore {
    /// How much one call may carry.
    public let limits: GraphLimits

    let commits: GraphCommits
    private let checkpointsOnClose: Bool
    private let closing = Mutex<Task<Void, Never>?>(nil)

    /// Creates an empty graph, which lives as long as the process.
    public convenience init(limits: GraphLimits = GraphLimits()) {
        self.init(GraphState(), limits: limits, journal: nil)
    }

    /// A graph of a state that was recovered, with the journal that goes on behind it.
    init(
        _ state: GraphState, limits: GraphLimits, journal: (any GraphJournal)?,
        checkpointsOnClose: Bool = false
    ) {
        self.limits = limits
        self.checkpointsOnClose = checkpointsOnClose
        commits = GraphCommits(state, journal: journal)
    }

    /// Finishes the calls that were accepted and gives back what the store holds; later calls throw
    /// ``StorageKit/StorageError/Code/invalidState``.
    ///
    /// Snapshots stay what they are. Called inside a transaction of the store it does not wait for
    /// the end.
    public func close() async {
        let end = closing.withLock { closing in
            if let closing { return closing }
            commits.refuse()
            let task = Task { [commits, checkpointsOnClose] in
                await commits.drain()
                if checkpointsOnClose { await commits.checkpointAtEnd() }
                await commits.finish()
            }
            closing = task
            return task
        }
        guard (try? HeldConnection.check(self)) != nil else { return }
        await end.value
    }
}
