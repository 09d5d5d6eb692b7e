/// Values that are pushed to an array, and what is done with it then.
public struct DocumentPush: Hashable, Sendable {
    /// How the array is sorted when the values are in.
    public enum Sorting: Hashable, Sendable {
        /// Its elements by their value.
        case byValue(SortOrder)
        /// Its elements, documents, by their fields; paths begin in the element.
        case byFields([DocumentOrder])
    }

    /// The values.
    public var values: [DocumentValue]
    /// Where: before the element at this place, from behind when below zero; `nil` for the end.
    public var position: Int?
    /// How the array is sorted then; `nil` for not at all.
    public var sorting: Sorting?
    /// How much is kept of it then: the first ones, the last ones when below zero; `nil` for all.
    public var slice: Int?

    /// Creates a push.
    public init(
        _ values: [DocumentValue], position: Int? = nil, sorting: Sorting? = nil,
        slice: Int? = nil
    ) {
        self.values = values
        self.position = position
        self.sorting = sorting
        self.slice = slice
    }
}
