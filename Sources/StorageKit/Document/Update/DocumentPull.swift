/// Which elements of an array are removed.
public enum DocumentPull: Hashable, Sendable {
    /// Those equal to one of these: of the same type, or numbers of the same worth; documents with
    /// the same fields in the same order.
    case values([DocumentValue])
    /// Those that are so.
    case matching(DocumentPredicate)
    /// Those, documents, that the filter matches; paths begin in the element.
    case elements(DocumentFilter)
}
