public import StorageKit

/// What a broken statement changed, or says it has.
public struct BrokenChanges: RelationalChanges {
    /// The number it gives.
    public let rowCount: Int
}
