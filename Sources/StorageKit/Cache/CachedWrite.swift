/// The kind of a write, for who says what the primary holds after it.
public enum CachedWrite: Hashable, Sendable {
    /// It was not there.
    case insert
    /// It took another one's place.
    case replace
    /// One of the two, and nobody knows which.
    case upsert
}
