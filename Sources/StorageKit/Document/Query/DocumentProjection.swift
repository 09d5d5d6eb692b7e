/// Which fields of the documents are wanted.
public enum DocumentProjection: Hashable, Sendable {
    /// All of them.
    case all
    /// These alone, and the identifier if said so.
    case only([DocumentPath], id: Bool = true)
    /// All but these.
    case without([DocumentPath])
}
