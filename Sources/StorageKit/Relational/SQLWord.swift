/// What SQL databases can all say, and each in its own words.
public enum SQLWord: Hashable, Sendable, CaseIterable {
    /// Equal, or both NULL; never NULL itself. The standard's `IS NOT DISTINCT FROM`.
    case isSame
    /// Not equal, or just one of them NULL; never NULL itself. The standard's `IS DISTINCT FROM`.
    case isDifferent
    /// Behind a text: compare it code unit by code unit of UTF-8, whatever its column says.
    case bytewise
}
