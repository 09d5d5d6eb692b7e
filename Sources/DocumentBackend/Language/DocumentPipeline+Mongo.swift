internal import StorageKit

extension DocumentPipeline {
    /// The pipeline as MongoDB's stages write it.
    ///
    /// Source: MongoDB's manual, "Aggregation Stages".
    var mongo: [Document] { stages.map(\.mongo) }
}

extension DocumentStage {
    /// The stage as one of MongoDB's.
    var mongo: Document {
        switch self {
        case .match(let filter): ["$match": .document(filter.mongo)]
        case .project(let paths, let computed, let id):
            ["$project": .document(Self.projection(paths, computed, id: id))]
        case .unset(let paths): ["$unset": .array(paths.map { .string($0.text) })]
        case .addFields(let fields): ["$addFields": .document(fields.mongo { $0.mongoAlone })]
        case .group(let key, let fields):
            [
                "$group": .document(
                    Document(
                        fields: [DocumentField(DocumentPath.id.text, key.mongo)]
                            + fields.mongo { .document($0.mongo) }.fields))
            ]
        case .sort(let order): ["$sort": .document(order.mongo)]
        case .skip(let count): ["$skip": .int64(Int64(count))]
        // `$limit` has to be positive.
        case .limit(0): ["$match": .document(DocumentFilter.either([]).mongo)]
        case .limit(let count): ["$limit": .int64(Int64(count))]
        case .unwind(let unwind): ["$unwind": .document(unwind.mongo)]
        case .lookup(let lookup): ["$lookup": .document(lookup.mongo)]
        case .count(let name): ["$count": .string(name)]
        case .facet(let fields):
            [
                "$facet": .document(
                    fields.mongo { .array($0.mongo.map { .document($0) }) })
            ]
        case .bucket(let bucket): ["$bucket": .document(bucket.mongo)]
        }
    }

    private static func projection(
        _ paths: [DocumentPath], _ computed: DocumentFields<DocumentExpression>, id: Bool
    ) -> Document {
        var fields = paths.map { DocumentField($0.text, .int32(1)) }
        fields += computed.mongo { $0.mongoAlone }.fields
        // Without a field, nothing would be said.
        if id, fields.isEmpty { fields.append(DocumentField(DocumentPath.id.text, .int32(1))) }
        if !id { fields.append(DocumentField(DocumentPath.id.text, .int32(0))) }
        return Document(fields: fields)
    }
}

extension DocumentFields {
    /// A document of these fields.
    func mongo(_ body: (Value) -> DocumentValue) -> Document {
        Document(fields: elements.map { DocumentField($0.name.text, body($0.value)) })
    }
}

extension DocumentUnwind {
    fileprivate var mongo: Document {
        var unwind: Document = ["path": .string("$" + path.text)]
        if let includeArrayIndex { unwind["includeArrayIndex"] = .string(includeArrayIndex.text) }
        if preserveNullAndEmptyArrays { unwind["preserveNullAndEmptyArrays"] = true }
        return unwind
    }
}

extension DocumentLookup {
    fileprivate var mongo: Document {
        var lookup: Document = [
            "from": .string(from), "localField": .string(localField.text),
            "foreignField": .string(foreignField.text),
        ]
        // With a pipeline, even an empty one, the server does not join in its faster engine.
        if !pipeline.stages.isEmpty {
            lookup["pipeline"] = .array(pipeline.mongo.map { .document($0) })
        }
        lookup["as"] = .string(self.as.text)
        return lookup
    }
}

extension DocumentBucket {
    fileprivate var mongo: Document {
        var bucket: Document = [
            "groupBy": key.mongoAlone,
            "boundaries": .array(boundaries.map { ["$literal": $0] }),
        ]
        if let `default` { bucket["default"] = ["$literal": `default`] }
        bucket["output"] = .document(output.mongo { .document($0.mongo) })
        return bucket
    }
}

extension DocumentAccumulator {
    /// The accumulator as one of MongoDB's.
    var mongo: Document {
        switch self {
        case .count: ["$sum": .int32(1)]
        case .of(let accumulation, let value): [accumulation.mongo: value.mongoAlone]
        }
    }
}

extension DocumentAccumulation {
    fileprivate var mongo: String {
        switch self {
        case .sum: "$sum"
        case .average: "$avg"
        case .min: "$min"
        case .max: "$max"
        case .first: "$first"
        case .last: "$last"
        case .push: "$push"
        case .addToSet: "$addToSet"
        case .standardDeviationOfPopulation: "$stdDevPop"
        case .standardDeviationOfSample: "$stdDevSamp"
        }
    }
}
