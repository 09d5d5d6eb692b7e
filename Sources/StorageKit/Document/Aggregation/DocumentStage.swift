/// A step of a pipeline: what becomes of the documents that come in.
///
/// Paths in expressions are those of what comes in; each stage sees what the one before has made.
///
/// Source: MongoDB's manual, "Aggregation Stages".
public indirect enum DocumentStage: Hashable, Sendable {
    /// Those that the filter matches.
    case match(DocumentFilter)
    /// Of each document these fields, in its own order, then the computed ones in theirs.
    ///
    /// A path into an array is taken, or computed, in each of its elements. A computed field whose
    /// expression gives nothing is left out. The identifier is there unless said otherwise, or
    /// computed.
    case project([DocumentPath], computed: DocumentFields<DocumentExpression>, id: Bool)
    /// Each document without these fields.
    case unset([DocumentPath])
    /// Each document with these fields computed: replaced where they stand, or put behind.
    ///
    /// All of them see the document as it came in. An expression that gives nothing takes the field
    /// away.
    case addFields(DocumentFields<DocumentExpression>)
    /// A document for each value of the expression, with that value as `_id`, and what accumulators
    /// make of the documents that have it.
    ///
    /// Values are the same by their worth. Nothing counts as null. Without documents there are no
    /// groups.
    case group(by: DocumentExpression, fields: DocumentFields<DocumentAccumulator>)
    /// All of them, in this order.
    case sort([DocumentOrder])
    /// All but so many at the beginning.
    case skip(Int)
    /// So many at the most.
    case limit(Int)
    /// A document for each element of an array, with the element in the array's place.
    case unwind(DocumentUnwind)
    /// Each document with those of another collection that belong to it.
    case lookup(DocumentLookup)
    /// One document, whose field of this name is how many there are; none, when there are none.
    case count(String)
    /// One document, with what each of these pipelines makes of the same documents, as an array.
    ///
    /// A pipeline in it cannot have another facet itself.
    case facet(DocumentFields<DocumentPipeline>)
    /// A document for each interval in which the expression's values lie, in their order.
    case bucket(DocumentBucket)
}
