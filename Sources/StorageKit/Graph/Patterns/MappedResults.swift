extension ResultSequence {
    /// The results, each made into something else when its batch is read.
    func mapped<Output: Sendable>(
        _ transform: @escaping @Sendable (Element) throws(StorageError) -> Output
    ) -> ResultSequence<Output> {
        ResultSequence<Output> { [makeSource] in MappedResults(makeSource(), transform) }
    }
}

/// A run whose results are made into something else.
private struct MappedResults<Input: Sendable, Element: Sendable>: ResultSource {
    private let source: any ResultSource<Input>
    private let transform: @Sendable (Input) throws(StorageError) -> Element

    init(
        _ source: any ResultSource<Input>,
        _ transform: @escaping @Sendable (Input) throws(StorageError) -> Element
    ) {
        self.source = source
        self.transform = transform
    }

    func nextBatch() async throws(StorageError) -> [Element] {
        let batch = try await source.nextBatch()
        var results: [Element] = []
        results.reserveCapacity(batch.count)
        for element in batch { results.append(try transform(element)) }
        return results
    }

    func close() { source.close() }
}
