public import StorageKit

extension GraphInMemory {
    /// Opens the graph that a folder holds, or makes an empty one in a folder that is empty or not
    /// there.
    ///
    /// ```swift
    /// let graph = try await GraphInMemory(at: "social.graph")
    /// ```
    ///
    /// The whole graph is read into memory, from the last snapshot and the log behind it. A commit
    /// that a crash cut short is not in it; it was never acknowledged. The folder is locked for as
    /// long as the store is open.
    ///
    /// - Parameters:
    ///   - path: The folder; what it is in must be there.
    ///   - settings: What a commit waits for, and when snapshots are written.
    ///   - limits: How much one call may carry.
    /// - Throws: ``StorageKit/StorageError/Code/busy`` when the graph is open already, here or in
    ///   another process; `corrupted` when a byte of it is damaged, or the folder holds something
    ///   else; `unsupported` when a later version of this package wrote it; `permissionDenied`,
    ///   `notFound` and `resourceExhausted` as the system says.
    public convenience init(
        at path: String, settings: GraphStorageSettings = GraphStorageSettings(),
        limits: GraphLimits = GraphLimits()
    ) async throws(StorageError) {
        let (journal, state) = try await FileJournal.open(path, settings)
        self.init(
            state, limits: limits, journal: journal,
            checkpointsOnClose: settings.checkpointsOnClose)
    }

    /// Writes a snapshot of the graph and begins a new log, so that the next opening is short.
    ///
    /// It returns when all that was committed before is in a snapshot on the disk, and what was
    /// superfluous has been removed. Nobody waits for it: it is written beside reads and writes.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/resourceExhausted`` when there is no room, which
    ///   harms nothing; ``StorageKit/StorageError/Code/unsupported`` for a graph without a folder.
    public func checkpoint() async throws(StorageError) {
        try HeldConnection.check(self)
        try await commits.checkpoint()
    }
}
