/// What can group, join and compute with documents as well as find them: a store, or a transaction
/// of one.
///
/// ```swift
/// struct LikesOfCity: Decodable, Sendable { var city: String; var likes: Int }
/// let likes = users.aggregate(
///     [
///         .match(User.age >= 18), .unwind(User.posts),
///         .group(by: User.city, ["likes": .sum(User.posts.appending(Post.likes))]),
///         .project(["likes"], computed: ["city": .field("_id")], id: false),
///     ], as: LikesOfCity.self)
/// ```
///
/// ## What must appear true
///
/// * **One meaning.** Stages, expressions and accumulators mean the same on every store: what
///   MongoDB's manual says.
/// * **A whole pipeline or none.** What can never be right is
///   ``StorageError/Code/invalidArgument`` before anybody is asked.
///
/// ## Errors that documents cause
///
/// An expression that meets a value it does not fit, a text where it adds numbers for example, is
/// ``StorageError/Code/wrongType``; a result that its type does not hold
/// ``StorageError/Code/outOfRange``; a division by zero ``StorageError/Code/invalidArgument``. An
/// expression without fields is computed before any document is read, and so is its error.
///
/// ## What is not promised
///
/// * An order, without a ``DocumentStage/sort(_:)``; that of groups, and that of what
///   ``DocumentAccumulator`` collects, is any.
/// * Which of several values of the same worth, `1` and `1.0`, stands for them.
/// * Where a field stands in its document that an earlier stage took away, or that
///   ``DocumentStage/lookup(_:)`` replaces.
/// * An error of what the result does not need: a store may match before it computes, and ends when
///   it has as many as the limit says.
public protocol AggregatingDocumentQuerying: DocumentQuerying {
    /// The documents that come out of a pipeline, batch by batch.
    ///
    /// One round trip for each batch; nothing is asked before the first document is.
    ///
    /// - Parameters:
    ///   - pipeline: What is done with the documents, stage by stage.
    ///   - collection: Whose documents go in; one that is not there has none.
    ///   - type: What is made of a document that comes out.
    func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row>
}
