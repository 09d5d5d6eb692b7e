/// How far an import is.
public struct GraphImportProgress: Hashable, Sendable {
    /// How many bytes of the text were read.
    public let bytes: Int
    /// How many bytes there are.
    public let totalBytes: Int
    /// How many relationships were found so far.
    public let relationships: Int
}
