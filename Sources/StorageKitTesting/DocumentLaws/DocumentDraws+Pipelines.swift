import StorageKit

/// Random pipelines whose results depend on nothing that is not promised.
extension DocumentDraws {
    /// What is known of the documents at a place of a pipeline.
    private struct Place {
        /// Whether they come in one order.
        var isOrdered = true
        /// Whether no stage comes behind.
        ///
        /// What a projection leaves out of an array is still counted by the stages behind it on
        /// MongoDB.
        var isLast = false
    }

    mutating func pipeline() -> DocumentPipeline {
        var stages: [DocumentStage] = []
        if chance(1, in: 3) { stages.append(.match(filter())) }
        if chance(1, in: 3) { stages += page(by: certainOrder()) }
        return DocumentPipeline(stages + steps(Int.random(in: 1...3, using: &generator)))
    }

    private mutating func steps(_ count: Int) -> [DocumentStage] {
        var place = Place()
        var stages: [DocumentStage] = []
        for number in 0..<count {
            place.isLast = number == count - 1
            stages += step(&place)
        }
        return stages
    }

    private mutating func step(_ place: inout Place) -> [DocumentStage] {
        switch Int.random(in: 0..<13, using: &generator) {
        case 6, 7: return groups(&place)
        case 8, 9:
            return [
                .unwind(
                    DocumentUnwind(
                        path(), includeArrayIndex: pick([nil, "i", path()]),
                        preserveNullAndEmptyArrays: chance(1, in: 2)))
            ]
        case 10: return [lookup()]
        case 11: return [bucket(place)]
        case 12:
            guard chance(2, in: 3) else { return [.count("n")] }
            let isOrdered = place.isOrdered
            return [
                .facet([
                    "f": DocumentPipeline(innerSteps(isOrdered)),
                    "g": DocumentPipeline(innerSteps(isOrdered)),
                ])
            ]
        default: return [simpleStep(place)]
        }
    }

    private mutating func simpleStep(_ place: Place) -> DocumentStage {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: .match(filter(depth: 1))
        case 1, 2: projection(place)
        case 3: .unset([path()])
        default: .addFields(computed(upTo: 2))
        }
    }

    private mutating func innerSteps(_ isOrdered: Bool) -> [DocumentStage] {
        var place = Place(isOrdered: isOrdered)
        let count = Int.random(in: 0...2, using: &generator)
        var stages: [DocumentStage] = []
        for number in 0..<count {
            place.isLast = number == count - 1
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: stages += groups(&place)
            case 1: stages.append(.count("n"))
            default: stages.append(simpleStep(place))
            }
        }
        return stages
    }

    /// By values that have one order, where it matters.
    private mutating func groups(_ place: inout Place) -> [DocumentStage] {
        let fields = accumulators(place)
        guard chance(1, in: 3) else {
            place.isOrdered = false
            return [.group(by: expression(depth: 1), fields: fields)]
        }
        place.isOrdered = true
        return [.group(by: number(depth: 1), fields: fields)] + page(by: [DocumentOrder(.id)])
    }

    /// By one path, so that there are no two arrays in it, and the identifier.
    private mutating func certainOrder() -> [DocumentOrder] {
        [DocumentOrder(namedPath(), pick([.ascending, .descending])), DocumentOrder(.id)]
    }

    /// A path without places.
    private mutating func namedPath() -> DocumentPath {
        DocumentPath(name() + list(upTo: 2) { "." + $0.name() }.joined())
    }

    private mutating func page(by order: [DocumentOrder]) -> [DocumentStage] {
        [.sort(order), .skip(pick([0, 1, 2])), .limit(pick([0, 3, 5]))].shuffledTail(&generator)
    }

    private mutating func projection(_ place: Place) -> DocumentStage {
        var paths = list(upTo: 2) { place.isLast ? $0.path() : DocumentPath($0.name()) }
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

    private mutating func accumulators(_ place: Place) -> DocumentFields<DocumentAccumulator> {
        var fields = DocumentFields<DocumentAccumulator>()
        for name in ["a", "b", "c"].prefix(Int.random(in: 0...3, using: &generator)) {
            // Real numbers add up to others in another order.
            let accumulation = pick(
                place.isOrdered ? DocumentAccumulation.allCases : [.min, .max, .addToSet])
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
                ]), localField: namedPath(), foreignField: path(),
                pipeline: DocumentPipeline(chance(1, in: 2) ? [] : innerSteps(true)),
                as: pick(["j", "j", "j.k"])))
    }

    private mutating func bucket(_ place: Place) -> DocumentStage {
        .bucket(
            DocumentBucket(
                by: expression(depth: 1),
                boundaries: pick([[0, 2.0, .int32(9)], ["a", "b"], [.int32(1), .int64(.max)]]),
                default: drawsUnfit && chance(1, in: 4) ? nil : pick([.null, .bool(true)]),
                output: accumulators(place)))
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
