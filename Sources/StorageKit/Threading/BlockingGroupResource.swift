/// A resource whose jobs can share what it costs to finish them, as writes share a commit.
///
/// ```
///  beginGroup ─▶ job ─▶ isGroupIntact ─▶ job ─▶ … ─▶ finishGroup ─┬─ true ──▶ all are resumed
///                              │ false                  ▲         ├─ false ─▶ each runs again,
///                              alone └────────────────────────┘         └─ throws ▶ all get the
///                              error
/// ```
public protocol BlockingGroupResource: BlockingResource {
    /// Begins a group: what is run from now on counts only when the group is finished.
    func beginGroup()

    /// Whether the jobs so far can be finished together; asked after each.
    var isGroupIntact: Bool { get }

    /// Makes what the group's jobs did count, and ends the group.
    ///
    /// - Returns: `false` when nothing of it counts and each job has to be run again by itself.
    /// - Throws: The error of all jobs, when it is not known or not true that nothing of them
    ///   counts.
    func finishGroup() throws(StorageError) -> Bool
}

/// What the workers know of a ``BlockingGroupResource``, for resources of any kind.
struct BlockingSharing<Resource: BlockingResource>: Sendable {
    let limits: BlockingGroupLimits
    let begin: @Sendable (Resource) -> Void
    let isIntact: @Sendable (Resource) -> Bool
    let finish: @Sendable (Resource) throws(StorageError) -> Bool
}

extension BlockingSharing where Resource: BlockingGroupResource {
    init(limits: BlockingGroupLimits) {
        self.limits = limits
        begin = { $0.beginGroup() }
        isIntact = { $0.isGroupIntact }
        finish = { (resource) throws(StorageError) in try resource.finishGroup() }
    }
}
