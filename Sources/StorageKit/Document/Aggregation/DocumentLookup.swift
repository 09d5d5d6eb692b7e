/// Which documents of another collection belong to a document: those that have in one of their
/// fields what it has in one of its own.
///
/// Of an array, each element is looked for, and an element of an array is found. Nothing, null and
/// an empty array belong to nothing and null.
public struct DocumentLookup: Hashable, Sendable {
    /// The other collection.
    public var from: String
    /// The field of the document.
    public var localField: DocumentPath
    /// The field of the documents in the other collection.
    public var foreignField: DocumentPath
    /// What is done with those that belong to it.
    public var pipeline: DocumentPipeline
    /// Where they are put, as an array.
    public var `as`: DocumentPath

    /// Creates a look at another collection.
    public init(
        from: String, localField: DocumentPath, foreignField: DocumentPath,
        pipeline: DocumentPipeline = [], as path: DocumentPath
    ) {
        self.from = from
        self.localField = localField
        self.foreignField = foreignField
        self.pipeline = pipeline
        self.as = path
    }
}
