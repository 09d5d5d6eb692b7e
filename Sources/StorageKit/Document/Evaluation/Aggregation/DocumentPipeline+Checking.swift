extension DocumentPipeline {
    /// Refuses a pipeline that can never be right: every store throws the same, and asks nobody.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) { try check(isInFacet: false) }

    fileprivate func check(isInFacet: Bool) throws(StorageError) {
        for stage in stages { try stage.check(isInFacet: isInFacet) }
    }

    /// The other collections that are looked at.
    package var lookedAt: Set<String> {
        var names: Set<String> = []
        for stage in stages {
            switch stage {
            case .lookup(let lookup):
                names.formUnion(lookup.pipeline.lookedAt.union([lookup.from]))
            case .facet(let fields):
                for field in fields.elements { names.formUnion(field.value.lookedAt) }
            case .match, .project, .unset, .addFields, .group, .sort, .skip, .limit, .unwind,
                .count, .bucket:
                break
            }
        }
        return names
    }
}

extension DocumentStage {
    fileprivate func check(isInFacet: Bool) throws(StorageError) {
        switch self {
        case .match(let filter): try filter.check()
        case .project(let paths, let computed, let id):
            try Self.checkProjection(paths, computed, id: id)
        case .unset(let paths): try Self.check(paths, of: "an unset")
        case .addFields(let fields):
            try Self.check(fields.elements.map(\.name), of: "added fields")
            for field in fields.elements { try field.value.check([]) }
        case .group(let key, let fields):
            try key.check([])
            try fields.checkAccumulators()
        case .sort(let order): try Self.checkOrder(order)
        case .skip(let count), .limit(let count):
            guard count >= 0 else {
                throw .invalidDocumentArgument("a pipeline's limit or skip is below 0")
            }
        case .unwind(let unwind):
            try unwind.path.checkForExpression()
            try unwind.includeArrayIndex?.checkForExpression()
        case .lookup(let lookup): try lookup.check(isInFacet: isInFacet)
        case .count(let name):
            try DocumentPath(name).checkAsName()
            guard name != DocumentPath.id.text else {
                throw .invalidDocumentArgument("a count is called _id")
            }
        case .facet(let fields):
            guard !isInFacet else { throw .invalidDocumentArgument("a facet has another facet") }
            guard !fields.elements.isEmpty else {
                throw .invalidDocumentArgument("a facet has no pipeline")
            }
            try fields.checkNames()
            for field in fields.elements { try field.value.check(isInFacet: true) }
        case .bucket(let bucket): try bucket.check()
        }
    }

    private static func checkProjection(
        _ paths: [DocumentPath], _ computed: DocumentFields<DocumentExpression>, id: Bool
    ) throws(StorageError) {
        let names = paths + computed.elements.map(\.name)
        guard id || !names.isEmpty else {
            throw .invalidDocumentArgument("a projection has no field")
        }
        guard id || !names.contains(where: { $0.components[0] == DocumentPath.id.text }) else {
            throw .invalidDocumentArgument("a projection is with _id and without it")
        }
        if !names.isEmpty { try check(names, of: "a projection") }
        for field in computed.elements { try field.value.check([]) }
    }

    private static func check(_ paths: [DocumentPath], of what: String) throws(StorageError) {
        guard !paths.isEmpty else { throw .invalidDocumentArgument("\(what) has no field") }
        var tree = DocumentPathTree()
        for path in paths {
            try path.checkForExpression()
            guard tree.insert(path.components) else {
                throw .invalidDocumentArgument(
                    "\(what) has \"\(path)\" and a path inside it, or has it twice")
            }
        }
    }

    private static func checkOrder(_ order: [DocumentOrder]) throws(StorageError) {
        guard !order.isEmpty else { throw .invalidDocumentArgument("an order has no field") }
        var seen: Set<DocumentPath> = []
        for order in order {
            try order.path.checkForFields()
            guard seen.insert(order.path).inserted else {
                throw .invalidDocumentArgument("an order has \"\(order.path)\" twice")
            }
        }
    }
}

extension DocumentLookup {
    fileprivate func check(isInFacet: Bool) throws(StorageError) {
        try DocumentCollectionName.check(from)
        try localField.checkForExpression()
        try foreignField.checkForExpression()
        try self.as.checkForExpression()
        try pipeline.check(isInFacet: isInFacet)
    }
}

extension DocumentBucket {
    fileprivate func check() throws(StorageError) {
        try key.check([])
        try output.checkAccumulators()
        guard boundaries.count >= 2 else {
            throw .invalidDocumentArgument("intervals have less than two boundaries")
        }
        for (left, right) in zip(boundaries, boundaries.dropFirst()) {
            guard left.bracket == right.bracket else {
                throw .invalidDocumentArgument("the boundaries of intervals have several types")
            }
            guard left.compared(to: right) < 0 else {
                throw .invalidDocumentArgument("the boundaries of intervals do not ascend")
            }
        }
        guard let `default` else { return }
        guard
            `default`.compared(to: boundaries[0]) < 0
                || `default`.compared(to: boundaries[boundaries.count - 1]) >= 0
        else {
            throw .invalidDocumentArgument("what is in no interval has a value that is in one")
        }
    }
}

extension DocumentFields {
    /// Refuses names that are none, or that are there twice.
    func checkNames() throws(StorageError) {
        var seen: Set<DocumentPath> = []
        for element in elements {
            try element.name.checkAsName()
            guard seen.insert(element.name).inserted else {
                throw .invalidDocumentArgument("the name \"\(element.name)\" is there twice")
            }
        }
    }
}

extension DocumentFields<DocumentAccumulator> {
    fileprivate func checkAccumulators() throws(StorageError) {
        try checkNames()
        for element in elements {
            guard element.name != .id else {
                throw .invalidDocumentArgument("a group's _id is what it is grouped by")
            }
            if case .of(_, let expression) = element.value { try expression.check([]) }
        }
    }
}
