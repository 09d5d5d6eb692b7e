/// What is done with the documents of a collection, stage by stage.
///
/// ```swift
/// let pipeline: DocumentPipeline = [
///     .match(User.age >= 18), .group(by: User.city, ["users": .count]),
///     .sort(Field("users").descending), .limit(10),
/// ]
/// ```
///
/// Each stage gets what the one before gives; without stages, the documents come out as they are.
///
/// Source: MongoDB's manual, "Aggregation Pipeline".
public struct DocumentPipeline: Hashable, Sendable {
    /// The stages in their order.
    public var stages: [DocumentStage]

    /// Creates a pipeline.
    public init(_ stages: [DocumentStage] = []) { self.stages = stages }
}

extension DocumentPipeline: ExpressibleByArrayLiteral {
    /// A pipeline of these stages.
    public init(arrayLiteral stages: DocumentStage...) { self.init(stages) }
}
