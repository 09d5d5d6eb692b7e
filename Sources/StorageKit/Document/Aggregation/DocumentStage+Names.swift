extension DocumentStage {
    /// Of each document these fields, then the computed ones; see
    /// ``project(_:computed:id:)``.
    public static func project(
        _ paths: [DocumentPath], computed: DocumentFields<DocumentExpression> = [:]
    ) -> DocumentStage {
        .project(paths, computed: computed, id: true)
    }

    /// A document for each value of an expression; see ``group(by:fields:)``.
    public static func group(
        by key: DocumentExpression, _ fields: DocumentFields<DocumentAccumulator>
    ) -> DocumentStage {
        .group(by: key, fields: fields)
    }

    /// A document for each value of a field; see ``group(by:fields:)``.
    ///
    /// ```swift
    /// .group(by: User.city, ["users": .count, "oldest": .max(User.age)])
    /// ```
    public static func group<Value>(
        by field: Field<Value>, _ fields: DocumentFields<DocumentAccumulator>
    ) -> DocumentStage {
        .group(by: .field(field.path), fields: fields)
    }

    /// One document, with what accumulators make of all documents, and null as its `_id`.
    public static func group(_ fields: DocumentFields<DocumentAccumulator>) -> DocumentStage {
        .group(by: .literal(.null), fields: fields)
    }

    /// All of them, in this order.
    public static func sort(_ order: DocumentOrder...) -> DocumentStage { .sort(order) }

    /// A document for each element of an array; see ``DocumentUnwind``.
    ///
    /// - Parameters:
    ///   - field: The array.
    ///   - index: A field that gets the element's place.
    ///   - preservingEmpty: Whether a document without elements comes out as well.
    public static func unwind<Value>(
        _ field: Field<Value>, includeArrayIndex index: DocumentPath? = nil,
        preserveNullAndEmptyArrays preservingEmpty: Bool = false
    ) -> DocumentStage {
        .unwind(
            DocumentUnwind(
                field.path, includeArrayIndex: index, preserveNullAndEmptyArrays: preservingEmpty))
    }

    /// Each document with those of another collection whose field is equal to one of its own.
    public static func lookup<Local, Foreign>(
        from collection: String, localField: Field<Local>, foreignField: Field<Foreign>,
        pipeline: DocumentPipeline = [], as path: DocumentPath
    ) -> DocumentStage {
        .lookup(
            DocumentLookup(
                from: collection, localField: localField.path, foreignField: foreignField.path,
                pipeline: pipeline, as: path))
    }

    /// A document for each interval of a field's values; see ``DocumentBucket``.
    public static func bucket<Value>(
        by field: Field<Value>, boundaries: [DocumentValue], default: DocumentValue? = nil,
        output: DocumentFields<DocumentAccumulator> = ["count": .count]
    ) -> DocumentStage {
        .bucket(
            DocumentBucket(
                by: .field(field.path), boundaries: boundaries, default: `default`, output: output))
    }
}
