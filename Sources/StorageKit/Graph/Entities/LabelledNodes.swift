internal import Synchronization

/// One walk over the nodes of a label, page by page.
final class LabelledNodes<Reader: GraphReading>: ResultSource {
    private let reader: Reader
    private let label: GraphLabel
    /// The last node that was read.
    private let last = Mutex<NodeID?>(nil)

    init(_ reader: Reader, labelled label: GraphLabel) {
        self.reader = reader
        self.label = label
    }

    private static var batchSize: Int { 256 }

    func nextBatch() async throws(StorageError) -> [GraphNode] {
        let limit = min(Self.batchSize, reader.limits.maximumPageSize)
        let place = last.withLock { $0 }
        let nodes = try await reader.nodes(labelled: label, after: place, limit: limit)
        last.withLock { $0 = nodes.last?.id ?? $0 }
        return nodes
    }

    func close() {}
}
