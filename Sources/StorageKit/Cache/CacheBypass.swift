/// Why a load was not registered.
public enum CacheBypass: Hashable, Sendable {
    /// Somebody else's load of the key is registered: ``Cache/loadEnded(of:within:)`` waits for it.
    case loading
    /// Somebody writes under a barrier.
    case writing
    /// The cache does not want entries at present.
    case closed
}
