import StorageKit

/// Random pipelines whose results depend on nothing that is not promised.
extension DocumentDraws {
    mutating func pipeline() -> DocumentPipeline {
        var stages: [DocumentStage] = []
        if chance(1, in: 3) { stages.append(.match(filter())) }
        if chance(1, in: 3) { stages += page(by: order()) }
        for _ in 0..<Int.random(in: 1...3, using: &generator) { stages += step() }
        return DocumentPipeline(stages)
    }

    private mutating func page(by order: [DocumentOrder]) -> [DocumentStage] {
        [.sort(order), .skip(pick([0, 1, 2])), .limit(pick([0, 3, 5]))].shuffledTail(&generator)
    }

    private mutating func step() -> [DocumentStage] {
        switch Int.random(in: 0..<13, using: &generator) {
        case 0: return [.match(filter(depth: 1))]
        case 1, 2: return [projection()]
        case 3: return [.unset([path()])]
        case 4, 5: return [.addFields(computed(upTo: 2))]
        case 6, 7:
            let group = DocumentStage.group(by: expression(depth: 1), fields: accumulators())
            return chance(1, in: 3) ? [group] + page(by: [DocumentOrder(.id)]) : [group]
        case 8, 9:
            return [
                .unwind(
                    DocumentUnwind(
                        path(), includeArrayIndex: pick([nil, "i", path()]),
                        preserveNullAndEmptyArrays: chance(1, in: 2)))
            ]
        case 10: return [lookup()]
        case 11: return [bucket()]
        default:
            return chance(1, in: 3)
                ? [.count("n")]
                : [.facet(["f": DocumentPipeline(innerSteps()), "g": DocumentPipeline(innerSteps())])]
        }
    }

    private mutating func innerSteps() -> [DocumentStage] {
        list(upTo: 2) { draws -> DocumentStage in
            switch Int.random(in: 0..<4, using: &draws.generator) {
            case 0: .match(draws.filter(depth: 1))
            case 1: draws.projection()
            case 2: .group(by: draws.expression(depth: 1), fields: draws.accumulators())
            default: .count("n")
            }
        }
    }

    private mutating func projection() -> DocumentStage {
        var paths = list(upTo: 2) { $0.path() }
        var fields = computed(upTo: 2)
        var names: [DocumentPath] = []
        // Names inside each other are refused.
        paths = paths.filter { names.takes($0) }
        fields.elements = fields.elements.filter { names.takes($0.name) }
        return .project(paths, computed: fields, id: names.isEmpty || chance(2, in: 3))
    }

    private mutating func computed(upTo most: Int) -> DocumentFields<DocumentExpression> {
        var names: [DocumentPath] = []
        var elements = [DocumentFields<DocumentExpression>.Element(path(), expression())]
        elements += list(upTo: most - 1) { .init($0.path(), $0.expression()) }
        return DocumentFields(elements.filter { names.takes($0.name) })
    }

    private mutating func accumulators() -> DocumentFields<DocumentAccumulator> {
        var fields = DocumentFields<DocumentAccumulator>()
        for name in ["a", "b", "c"].prefix(Int.random(in: 0...3, using: &generator)) {
            let accumulation = pick(DocumentAccumulation.allCases)
            let value = chance(1, in: 2) ? expression(depth: 1) : number(depth: 1)
            let accumulator: DocumentAccumulator =
                chance(1, in: 8) ? .count : .of(accumulation, value)
            // By its name, the comparison knows what has no order.
            let isSet = accumulation == .addToSet && accumulator != .count
            let path = isSet ? DocumentPath("set\(name)") : DocumentPath(name)
            fields.elements.append(.init(path, accumulator))
        }
        return fields
    }

    private mutating func lookup() -> DocumentStage {
        .lookup(
            DocumentLookup(
                from: pick([
                    DocumentPipelineProgram.other, DocumentPipelineProgram.collection, "nowhere",
                ]), localField: path(), foreignField: path(),
                pipeline: DocumentPipeline(chance(1, in: 2) ? [] : innerSteps()),
                as: pick(["j", "a"])))
    }

    private mutating func bucket() -> DocumentStage {
        .bucket(
            DocumentBucket(
                by: expression(depth: 1),
                boundaries: pick([[0, 2.0, .int32(9)], ["a", "b"], [.int32(1), .int64(.max)]]),
                default: chance(1, in: 8) ? nil : pick([.null, "z", .maxKey]),
                output: accumulators()))
    }
}

extension [DocumentPath] {
    /// Takes a path in unless it is in, or one that it is inside of, or one inside it.
    fileprivate mutating func takes(_ path: DocumentPath) -> Bool {
        let names = path.components
        for other in self {
            let (short, long) =
                names.count < other.components.count
                ? (names, other.components) : (other.components, names)
            if long.starts(with: short) { return false }
        }
        append(path)
        return true
    }
}

extension [DocumentStage] {
    /// The first one, and some of the others.
    fileprivate func shuffledTail(_ generator: inout SeededGenerator) -> [DocumentStage] {
        prefix(1) + dropFirst().filter { _ in Bool.random(using: &generator) }
    }
}
