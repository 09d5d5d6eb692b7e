public import StorageKit

extension DocumentComparison {
    /// Runs pipelines on both stores, which are used for nothing else meanwhile.
    ///
    /// - Parameters:
    ///   - programs: How many times there are other documents.
    ///   - count: How many pipelines are run over each.
    /// - Throws: A ``ConformanceFailure`` with the shortest documents and pipeline found for which
    ///   the stores do not answer the same.
    public func runPipelines<First, Second>(
        programs: Int, pipelines count: Int = 20, _ first: First, _ second: Second
    ) async throws
    where
        First: DocumentStore & AggregatingDocumentQuerying,
        Second: DocumentStore & AggregatingDocumentQuerying
    {
        for number in 0..<programs {
            let seed = seed &+ UInt64(number)
            let program = DocumentPipelineProgram(seed: seed)
            let documents: [DocumentPipelineProgram.Part] =
                program.documents.map { .document($0) } + program.others.map { .other($0) }
            try await DocumentPipelineProgram.put(documents, into: first)
            try await DocumentPipelineProgram.put(documents, into: second)
            var draws = DocumentDraws(seed: seed)
            for place in 0..<count {
                draws.drawsUnfit = place % 4 == 3
                let stages = draws.pipeline().stages.map { DocumentPipelineProgram.Part.stage($0) }
                if stages.contains(where: { isSkipped("\($0)") }) { continue }
                let left = await DocumentPipelineProgram.answer(stages, of: first)
                let right = await DocumentPipelineProgram.answer(stages, of: second)
                guard Self.differ(left, right, isUnfit: draws.drawsUnfit) else { continue }
                throw try await failure(
                    documents + stages, seed: seed, isUnfit: draws.drawsUnfit, first, second)
            }
        }
    }

    /// Whether answers differ that must not.
    ///
    /// What a store says that it cannot do is not compared. Where an expression may meet what it does not fit, it need not: what is not needed for the
    /// result may be computed or not.
    private static func differ(_ first: String, _ second: String, isUnfit: Bool) -> Bool {
        let isBeyond = [first, second].contains("\(StorageError.Code.unsupported)")
        guard first != second, !isBeyond else { return false }
        let areErrors = [first, second].map { DocumentPipelineProgram.errors.contains($0) }
        return !isUnfit || areErrors[0] == areErrors[1]
    }

    private func failure<First, Second>(
        _ parts: [DocumentPipelineProgram.Part], seed: UInt64, isUnfit: Bool, _ first: First,
        _ second: Second
    ) async throws -> ConformanceFailure
    where
        First: DocumentStore & AggregatingDocumentQuerying,
        Second: DocumentStore & AggregatingDocumentQuerying
    {
        let shortest = await Shrinker(maximumAttempts: 200).shrink(parts) { parts in
            guard DocumentPipelineProgram.isCertain(parts) else { return false }
            guard let answers = try? await answers(parts, first, second) else { return false }
            return Self.differ(answers.first, answers.second, isUnfit: isUnfit)
        }
        let seen = try await answers(shortest, first, second)
        return ConformanceFailure(
            expected: "both stores to answer \(seen.first)", seen: seen.second,
            steps: shortest.map { "\($0)" } + ["(seed \(seed))"])
    }

    private func answers<First, Second>(
        _ parts: [DocumentPipelineProgram.Part], _ first: First, _ second: Second
    ) async throws -> (first: String, second: String)
    where
        First: DocumentStore & AggregatingDocumentQuerying,
        Second: DocumentStore & AggregatingDocumentQuerying
    {
        try await DocumentPipelineProgram.put(parts, into: first)
        try await DocumentPipelineProgram.put(parts, into: second)
        return (
            await DocumentPipelineProgram.answer(parts, of: first),
            await DocumentPipelineProgram.answer(parts, of: second)
        )
    }
}
