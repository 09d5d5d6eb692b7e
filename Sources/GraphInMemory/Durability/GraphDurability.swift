/// What a commit of a stored graph waits for before it is acknowledged.
public enum GraphDurability: String, Hashable, Sendable, CaseIterable {
    /// Until the log is on the disk (`fdatasync`, and `F_FULLFSYNC` on Apple's systems): what was
    /// acknowledged survives the death of the process and a power cut.
    ///
    /// Commits that wait at the same moment share one write and one sync.
    case synced
    /// Until the operating system has it: what was acknowledged survives the death of the process.
    ///
    /// A power cut or a crash of the system may take the last commits, always the last ones: what
    /// is there afterwards is the graph as it was after some commit. A checkpoint and closing sync.
    case buffered
}
