/// Where a text has another one; letter by letter, as bytes.
public enum GraphTextTest: Hashable, Sendable, CaseIterable {
    /// At its beginning.
    case prefix
    /// At its end.
    case suffix
    /// Anywhere.
    case contains
}
