/// How a graph is kept in its folder.
public struct GraphStorageSettings: Hashable, Sendable {
    /// What a commit waits for; ``GraphDurability/synced`` unless you choose otherwise.
    public var durability: GraphDurability
    /// How long the log becomes, in bytes, before a snapshot is written by itself; 64 MiB unless
    /// you choose otherwise.
    ///
    /// Opening replays the log, so a longer one makes opening slower and writing cheaper.
    public var minimumLogBytes: Int
    /// How many times as long as the last snapshot the log becomes, besides; 1 unless you choose
    /// otherwise.
    ///
    /// At 1 all snapshots together cost about as many bytes as all logs.
    public var logToSnapshotRatio: Double
    /// Whether closing writes a snapshot, so that the next opening replays nothing; not unless you
    /// choose so.
    public var checkpointsOnClose: Bool

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - durability: What a commit waits for.
    ///   - minimumLogBytes: How long the log becomes at the least before a snapshot, 1 or more.
    ///   - logToSnapshotRatio: How many times as long as the last snapshot it becomes, 0 or more.
    ///   - checkpointsOnClose: Whether closing writes a snapshot.
    public init(
        durability: GraphDurability = .synced, minimumLogBytes: Int = 64 << 20,
        logToSnapshotRatio: Double = 1, checkpointsOnClose: Bool = false
    ) {
        precondition(minimumLogBytes >= 1, "a log has at least a byte")
        precondition(logToSnapshotRatio >= 0, "a length is not negative")
        self.durability = durability
        self.minimumLogBytes = minimumLogBytes
        self.logToSnapshotRatio = logToSnapshotRatio
        self.checkpointsOnClose = checkpointsOnClose
    }

    /// Whether a log of so many bytes behind a snapshot of so many is due for a new one.
    func isSnapshotDue(logBytes: Int, snapshotBytes: Int) -> Bool {
        logBytes >= minimumLogBytes
            && Double(logBytes) >= Double(snapshotBytes) * logToSnapshotRatio
    }
}
