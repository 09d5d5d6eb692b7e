/// An array that is taken apart: a document for each element.
///
/// A value that is no array is taken for an array of it. A path does not go through arrays: what is
/// in one is not there.
public struct DocumentUnwind: Hashable, Sendable {
    /// Where the array is.
    public var path: DocumentPath
    /// Where the element's place is put, as a 64-bit integer; null where there was no array.
    public var includeArrayIndex: DocumentPath?
    /// Whether a document whose array is empty, null or not there comes out once all the same.
    public var preserveNullAndEmptyArrays: Bool

    /// Creates a taking apart.
    public init(
        _ path: DocumentPath, includeArrayIndex: DocumentPath? = nil,
        preserveNullAndEmptyArrays: Bool = false
    ) {
        self.path = path
        self.includeArrayIndex = includeArrayIndex
        self.preserveNullAndEmptyArrays = preserveNullAndEmptyArrays
    }
}
