import StorageKit

extension DocumentScene where Harness.Subject: AggregatingDocumentQuerying {
    /// What comes out of a pipeline.
    func results(_ stages: [DocumentStage]) async throws -> [Document] {
        context.note("aggregate \(stages)")
        var found: [Document] = []
        for try await document in things.aggregate(DocumentPipeline(stages), as: Document.self) {
            found.append(document)
        }
        return found
    }

    /// Fails the case unless documents come out, in this order.
    func expect(_ stages: DocumentStage..., gives expected: [Document]) async throws {
        let seen = try await results(stages)
        try context.expect(
            seen.count == expected.count && zip(seen, expected).allSatisfy { $0.isIdentical(to: $1) },
            "\(stages) to give \(expected)", seen: "\(seen)")
    }

    /// Fails the case unless these groups come out, in any order.
    func expect(_ stages: DocumentStage..., groups expected: [Document]) async throws {
        let seen = try await results(stages).sorted { $0.compared(to: $1) < 0 }
        let wanted = expected.sorted { $0.compared(to: $1) < 0 }
        try context.expect(
            seen.count == wanted.count && zip(seen, wanted).allSatisfy { $0.isIdentical(to: $1) },
            "\(stages) to give \(wanted)", seen: "\(seen)")
    }

    /// Fails the case unless a pipeline throws.
    func expect(_ stages: DocumentStage..., throws code: StorageError.Code) async throws {
        try await context.expectThrows(code, "\(stages)") { try await results(stages) }
    }

    /// Fails the case unless an expression gives a value, or nothing, for a document.
    ///
    /// - Parameter document: Which the collection has from now on; that of before, if it is `nil`.
    func expect(
        _ expression: DocumentExpression, of document: Document? = nil,
        gives expected: DocumentValue?
    ) async throws {
        if let document { try await put(document) }
        let seen = try await results([.project([], computed: ["x": expression], id: false)])
        let wanted = expected.map { Document(fields: [DocumentField("x", $0)]) } ?? Document()
        try context.expect(
            seen.count == 1 && seen[0].isIdentical(to: wanted),
            "\(expression) to give \(expected.map { "\($0)" } ?? "nothing")", seen: "\(seen)")
    }

    /// Fails the case unless an expression throws for a document.
    func expect(
        _ expression: DocumentExpression, of document: Document? = nil,
        throws code: StorageError.Code
    ) async throws {
        if let document { try await put(document) }
        try await context.expectThrows(code, "\(expression)") {
            try await results([.project([], computed: ["x": expression], id: false)])
        }
    }

    /// Fails the case unless an accumulator makes something of the values of `a`, one a document.
    func expect(
        _ accumulator: DocumentAccumulator, of values: DocumentValue?...,
        gives expected: DocumentValue
    ) async throws {
        try await put(
            values.map { value in value.map { Document(fields: [DocumentField("a", $0)]) } ?? [:] })
        let seen = try await results([
            .sort(DocumentOrder(.id)), .group(["x": accumulator]), .unset(["_id"]),
        ])
        let wanted = Document(fields: [DocumentField("x", expected)])
        try context.expect(
            seen.count == 1 && seen[0].isIdentical(to: wanted),
            "\(accumulator) of \(values) to give \(expected)", seen: "\(seen)")
    }
}
