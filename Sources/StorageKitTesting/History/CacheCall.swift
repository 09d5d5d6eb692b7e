/// A call of a cached repository in a recorded history: who did what to which entity.
public struct CacheCall: Hashable, Sendable {
    /// What is done.
    public enum Kind: String, CaseIterable, Sendable {
        /// The entity is read.
        case read
        /// The entity is written, with the invalidation that belongs to the write.
        case write
        /// The entity is invalidated by itself, after a foreign write.
        case invalidate
    }

    /// What is done.
    public var kind: Kind
    /// The entity.
    public var key: Int
    /// The process that does it, in one of its lives: another number after a restart.
    public var process: Int

    /// Creates a call.
    public init(_ kind: Kind, key: Int, process: Int) {
        self.kind = kind
        self.key = key
        self.process = process
    }
}

extension CacheCall: CustomStringConvertible {
    /// For example `process 2 read key 7`.
    public var description: String { "process \(process) \(kind.rawValue) key \(key)" }
}
