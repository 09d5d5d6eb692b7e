/// A pipeline, checked and made ready to be run over documents.
///
/// Source: MongoDB's manual, "Aggregation Pipeline", and the server's behaviour where that is
/// silent.
package struct DocumentAggregator {
    private indirect enum Step {
        case match(DocumentMatcher)
        case shape(DocumentShaper)
        case unset(DocumentProjector)
        case group(DocumentGrouper)
        case sort(DocumentSorter)
        case skip(Int)
        case limit(Int)
        case unwind(DocumentUnwinder)
        case join(DocumentJoin)
        case count(String)
        case facet([(name: String, pipeline: DocumentAggregator)])
        case buckets(DocumentBuckets)
    }

    private let steps: [Step]

    /// Makes a pipeline ready.
    ///
    /// - Throws: `invalidArgument` when it can never be right, and the error of an expression that
    ///   needs no document.
    package init(_ pipeline: DocumentPipeline) throws(StorageError) {
        try pipeline.check()
        try self.init(checked: pipeline)
    }

    init(checked pipeline: DocumentPipeline) throws(StorageError) {
        var steps: [Step] = []
        for stage in pipeline.stages { steps.append(try Self.step(stage)) }
        self.steps = steps
    }

    private static func step(_ stage: DocumentStage) throws(StorageError) -> Step {
        switch stage {
        case .match(let filter): return .match(try DocumentMatcher(filter))
        case .project(let paths, let computed, let id):
            return .shape(try DocumentShaper(paths, computed, id: id))
        case .unset(let paths): return .unset(try DocumentProjector(.without(paths)))
        case .addFields(let fields): return .shape(try DocumentShaper(adding: fields))
        case .group(let key, let fields):
            return .group(try DocumentGrouper(by: key, fields))
        case .sort(let order): return .sort(DocumentSorter(order))
        case .skip(let count): return .skip(count)
        case .limit(let count): return .limit(count)
        case .unwind(let unwind): return .unwind(DocumentUnwinder(unwind))
        case .lookup(let lookup): return .join(try DocumentJoin(lookup))
        case .count(let name): return .count(name)
        case .facet(let fields):
            var parts: [(name: String, pipeline: DocumentAggregator)] = []
            for field in fields.elements {
                parts.append((field.name.text, try DocumentAggregator(checked: field.value)))
            }
            return .facet(parts)
        case .bucket(let bucket): return .buckets(try DocumentBuckets(bucket))
        }
    }

    /// What comes out for documents.
    ///
    /// - Parameter others: The documents of the collections that are looked at.
    /// - Throws: `wrongType`, `outOfRange` and `invalidArgument` of what documents cause.
    package func callAsFunction(
        _ documents: [Document], _ others: [String: [Document]] = [:]
    ) throws(StorageError) -> [Document] {
        var current = documents
        for step in steps { current = try Self.run(step, current, others) }
        return current
    }

    private static func run(
        _ step: Step, _ documents: [Document], _ others: [String: [Document]]
    ) throws(StorageError) -> [Document] {
        switch step {
        case .match(let matcher): return documents.filter { matcher.matches($0) }
        case .shape(let shaper):
            var shaped: [Document] = []
            shaped.reserveCapacity(documents.count)
            for document in documents { shaped.append(try shaper(document)) }
            return shaped
        case .unset(let projector): return documents.map { projector($0) }
        case .group(let grouper): return try grouper(documents)
        case .sort(let sorter): return try sorter.sorted(documents)
        case .skip(let count): return Array(documents.dropFirst(count))
        case .limit(let count): return Array(documents.prefix(count))
        case .unwind(let unwinder): return documents.flatMap { unwinder($0) }
        case .join(let join): return try join(documents, others)
        case .count(let name):
            return documents.isEmpty ? [] : [[name: .count(documents.count)]]
        case .facet(let parts):
            var result = Document()
            for part in parts {
                let found = try part.pipeline(documents, others)
                result.fields.append(
                    DocumentField(part.name, .array(found.map { .document($0) })))
            }
            return [result]
        case .buckets(let buckets): return try buckets(documents)
        }
    }
}
