import StorageKit

/// Random documents of two collections, and a random pipeline over them.
struct DocumentPipelineProgram {
    static let collection = "programs"
    static let other = "others"

    /// What a program is made of, so that a part of it can be left out.
    enum Part: Sendable, CustomStringConvertible {
        case document(Document)
        case other(Document)
        case stage(DocumentStage)

        var description: String {
            switch self {
            case .document(let document): "document \(document)"
            case .other(let document): "other \(document)"
            case .stage(let stage): "stage \(stage)"
            }
        }
    }

    let documents: [Document]
    let others: [Document]

    init(seed: UInt64) {
        var draws = DocumentDraws(seed: seed)
        func drawn(_ count: Int) -> [Document] {
            (0..<count).map { id in
                var document = draws.document().withoutKeys
                document.fields.insert(DocumentField("_id", .int64(Int64(id))), at: 0)
                return document
            }
        }
        documents = drawn(7)
        others = drawn(5)
    }

    /// What an expression that does not fit is answered with.
    static let errors: Set<String> = Set(
        [.wrongType, .outOfRange, .invalidArgument].map { (code: StorageError.Code) in "\(code)" })

    /// Makes both collections these parts' documents.
    static func put(_ parts: [Part], into store: some DocumentStore) async throws {
        let both = [
            (
                collection,
                parts.compactMap { if case .document(let document) = $0 { document } else { nil } }
            ),
            (
                other,
                parts.compactMap { if case .other(let document) = $0 { document } else { nil } }
            ),
        ]
        for (name, documents) in both {
            try await store.drop(name)
            guard !documents.isEmpty else { continue }
            _ = try await store.write(
                documents.map { DocumentWrite.insert($0) }, to: name, isOrdered: true)
        }
    }

    /// Whether what is skipped or left comes in an order.
    static func isCertain(_ parts: [Part]) -> Bool {
        var isOrdered = false
        for case .stage(let stage) in parts {
            switch stage {
            case .sort: isOrdered = true
            case .skip, .limit: guard isOrdered else { return false }
            case .match: break
            default: isOrdered = false
            }
        }
        return true
    }

    /// What comes out of these parts' stages, in words; of an error its code.
    ///
    /// What is not promised is not told: the order of documents and of sets, of fields that a later
    /// stage has moved, and which of several values of the same worth there is.
    ///
    /// - Parameter parts: Of which the stages are run.
    static func answer(_ parts: [Part], of store: some AggregatingDocumentQuerying) async -> String
    {
        let pipeline = DocumentPipeline(
            parts.compactMap { if case .stage(let stage) = $0 { stage } else { nil } })
        var found: [DocumentValue] = []
        do {
            for try await document in store.aggregate(pipeline, in: collection, as: Document.self) {
                found.append(.document(document))
            }
        } catch {
            return "\(error.code)"
        }
        let telling = DocumentTelling(
            isOfFields: pipeline.moves < 2,
            isOfTypes: !pipeline.choosesAmongEqual,
            isOfLastDigits: !pipeline.adds)
        return found.map(telling.text).sorted().joined(separator: "\n")
    }
}

/// What of a result is told.
private struct DocumentTelling {
    /// Whether the order of fields is.
    let isOfFields: Bool
    /// Whether the types of numbers are.
    let isOfTypes: Bool
    /// Whether all digits of large decimals are.
    ///
    /// A server adds constants first. Those that are whole and real are a double then, before a
    /// field's decimal makes the sum one.
    let isOfLastDigits: Bool

    func text(_ value: DocumentValue) -> String {
        switch value {
        case .document(let document):
            let fields = document.fields.map { field -> String in
                guard ["seta", "setb", "setc", "f", "g", "j", "k"].contains(field.name),
                    case .array(let elements) = field.value
                else { return "\(field.name): \(text(field.value))" }
                return "\(field.name): {\(elements.map(text).sorted().joined(separator: ", "))}"
            }
            return "[\((isOfFields ? fields : fields.sorted()).joined(separator: ", "))]"
        case .array(let elements):
            return "[\(elements.map(text).joined(separator: ", "))]"
        case .double(let number) where number.isNaN: return "NaN"
        case .decimal128(let number)
        where !isOfLastDigits && (Double(number.description) ?? .nan).magnitude >= 0x1p53:
            return "decimal \(worth(value))"
        case .int32, .int64, .double, .decimal128: return isOfTypes ? "\(value)" : worth(value)
        default: return "\(value)"
        }
    }

    private func worth(_ value: DocumentValue) -> String {
        switch value {
        case .int32(let number): "\(Double(number))"
        case .int64(let number): "\(Double(number))"
        case .double(let number): "\(number == 0 ? 0 : number)"
        case .decimal128(let number): "\(Double(number.description) ?? .nan)"
        default: "\(value)"
        }
    }
}

extension DocumentStage {
    /// How often fields are moved, or may be.
    fileprivate var moves: Int {
        switch self {
        case .project, .unset, .addFields, .unwind: 1
        case .match, .group, .sort, .skip, .limit, .count, .bucket: 0
        // It replaces a field where it stands, or puts it behind.
        case .lookup(let lookup): 1 + lookup.pipeline.moves
        case .facet(let fields): fields.elements.map(\.value.moves).max() ?? 0
        }
    }
}

extension DocumentPipeline {
    /// How often fields are moved, or may be.
    fileprivate var moves: Int { stages.reduce(0) { $0 + $1.moves } }
}

extension DocumentPipeline {
    /// Whether it takes one of several values of the same worth.
    fileprivate var choosesAmongEqual: Bool {
        stages.contains { stage in
            switch stage {
            case .group, .bucket, .facet, .lookup: true
            case .match, .project, .unset, .addFields, .sort, .skip, .limit, .unwind, .count: false
            }
        }
    }

    /// Whether something is added in it.
    fileprivate var adds: Bool { "\(self)".contains("VariadicOperator.add") }
}
