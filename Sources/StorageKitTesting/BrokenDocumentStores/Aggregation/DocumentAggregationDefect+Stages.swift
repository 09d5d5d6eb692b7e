import StorageKit

extension DocumentAggregationDefect {
    /// What becomes of stages on their way to the sound store.
    func changed(_ stages: [DocumentStage]) -> [DocumentStage] {
        var stages = stages.flatMap(changed)
        if self == .skipsFirst {
            let skips = stages.filter { if case .skip = $0 { true } else { false } }
            let place = stages.firstIndex { if case .limit = $0 { true } else { false } }
            if let place, !skips.isEmpty {
                stages.removeAll { if case .skip = $0 { true } else { false } }
                stages.insert(contentsOf: skips, at: min(place, stages.count))
            }
        }
        return stages
    }

    private func changed(_ stage: DocumentStage) -> [DocumentStage] {
        switch stage {
        case .match: return self == .matchesAll ? [] : [stage]
        case .project(let paths, let computed, let id):
            return [projection(paths, changed(computed), id: id)]
        case .unset: return self == .unsetsNothing ? [] : [stage]
        case .addFields(let fields):
            let fields = changed(fields)
            guard self == .addsOneByOne else { return [.addFields(fields)] }
            return fields.elements.map { .addFields(DocumentFields([$0])) }
        case .group(let key, let fields): return groups(by: key, fields)
        case .sort(let order):
            return [.sort(self == .sortsByOne ? Array(order.prefix(1)) : order)]
        case .skip, .limit: return [stage]
        case .unwind(let unwind): return unwound(unwind)
        case .lookup(let lookup): return joined(lookup)
        case .count(let name):
            guard self == .countsNone else { return [stage] }
            return [
                .facet(["n": [stage]]),
                .project(
                    [],
                    computed: [
                        DocumentPath(name): .ifNull(
                            .element(at: 0, of: .field(DocumentPath("n.\(name)"))),
                            .literal(.int32(0)))
                    ], id: false),
            ]
        case .facet(let fields): return [.facet(facets(fields))]
        case .bucket(let bucket): return [.bucket(changed(bucket))]
        }
    }

    private func projection(
        _ paths: [DocumentPath], _ computed: DocumentFields<DocumentExpression>, id: Bool
    ) -> DocumentStage {
        var paths = paths
        if self == .projectsWholeFields {
            paths = paths.map { DocumentPath($0.components[0]) }
        }
        let namesID = (paths + computed.elements.map(\.name)).contains(.id)
        return .project(
            paths, computed: computed, id: id || self == .alwaysShowsID && !namesID)
    }

    private func groups(
        by key: DocumentExpression, _ fields: DocumentFields<DocumentAccumulator>
    ) -> [DocumentStage] {
        var key = changed(key)
        var fields = DocumentFields(
            fields.elements.map { DocumentFields.Element($0.name, changed($0.value)) })
        switch (self, key) {
        case (.groupsByType, .field):
            key = .document(["value": key, "type": .type(of: key)])
            return [
                .group(by: key, fields: fields), .addFields(["_id": .field("_id.value")]),
            ]
        case (.groupsByFirst, .document(let parts)):
            key = .document(DocumentFields(Array(parts.elements.prefix(1))))
        case (.groupsNothing, _):
            return [
                .facet(["groups": [.group(by: key, fields: fields)]]),
                .unwind(Field("groups"), preserveNullAndEmptyArrays: true),
                .project(
                    [],
                    computed: [
                        "_id": .ifNull(.field("groups._id"), .literal(.null)),
                        "n": .field("groups.n"),
                    ], id: true),
            ]
        case (.sortsAccumulators, _):
            fields.elements.sort { $0.name.text < $1.name.text }
        default: break
        }
        return [.group(by: key, fields: fields)]
    }

    private func unwound(_ unwind: DocumentUnwind) -> [DocumentStage] {
        var unwind = unwind
        if self == .alwaysKeepsEmpty { unwind.preserveNullAndEmptyArrays = true }
        guard self == .countsFromOne, let index = unwind.includeArrayIndex else {
            return [.unwind(unwind)]
        }
        return [.unwind(unwind), .addFields([index: .add(.field(index), 1)])]
    }

    private func joined(_ lookup: DocumentLookup) -> [DocumentStage] {
        var lookup = lookup
        lookup.pipeline.stages = changed(lookup.pipeline.stages)
        switch self {
        case .joinsOne: lookup.pipeline.stages.append(.limit(1))
        case .ignoresPipelines: lookup.pipeline = []
        case .joinsNothing:
            lookup.pipeline.stages.insert(
                .match(.field(lookup.foreignField, .notEqual(.null))), at: 0)
        case .joinsWholeArrays:
            lookup.pipeline.stages.insert(
                .match(.field(lookup.foreignField.appending("0"), .exists(false))), at: 0)
        default: break
        }
        return [.lookup(lookup)]
    }

    private func facets(
        _ fields: DocumentFields<DocumentPipeline>
    ) -> DocumentFields<DocumentPipeline> {
        var fields = fields
        for place in fields.elements.indices {
            fields.elements[place].value.stages = changed(fields.elements[place].value.stages)
            if self == .feedsOneFacet, place > 0 {
                fields.elements[place].value.stages.insert(.match(.either([])), at: 0)
            }
        }
        return fields
    }

    private func changed(_ bucket: DocumentBucket) -> DocumentBucket {
        var bucket = bucket
        bucket.key = changed(bucket.key)
        switch self {
        case .closesBuckets:
            bucket.key = .conditional(.equal(bucket.key, 5), then: 4.5, else: bucket.key)
        case .gathersOthers where bucket.default == nil: bucket.default = .null
        default: break
        }
        return bucket
    }
}
