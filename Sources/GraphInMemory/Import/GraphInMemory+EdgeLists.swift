public import StorageKit

extension GraphInMemory {
    /// Adds the graph of an edge list in a file: all of it or nothing.
    ///
    /// ```swift
    /// let summary = try await graph.importEdgeList(at: "roads.txt", EdgeListOptions(type: "ROAD"))
    /// ```
    ///
    /// See ``importEdgeList(_:_:progress:)``.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/notFound`` when there is no such file.
    @discardableResult
    public func importEdgeList(
        at path: String, _ options: EdgeListOptions = EdgeListOptions(),
        progress: (@Sendable (GraphImportProgress) -> Void)? = nil
    ) async throws(StorageError) -> GraphImportSummary {
        try await importEdges(options, progress) { () throws(StorageError) in
            let file = try SystemFile(path, readsOnly: true)
            return try file.read(at: 0, count: file.length())
        }
    }

    /// Adds the graph of an edge list: all of it or nothing.
    ///
    /// A line is `source target` or `source target weight`, separated by blanks, tabs or a comma;
    /// `#` and `%` begin comments. Sources and targets are whole numbers. Each number becomes a new
    /// node, in ascending order. Parsing keeps no writer waiting; adding does. O(n).
    ///
    /// - Parameters:
    ///   - text: The list, in ASCII.
    ///   - options: What becomes of the lines.
    ///   - progress: Told about each mebibyte, on a thread of the import.
    /// - Throws: ``StorageKit/StorageError/Code/decodingFailed`` with the number of a line that is
    ///   none; `cancelled`; nothing was added then.
    @discardableResult
    public func importEdgeList(
        _ text: [UInt8], _ options: EdgeListOptions = EdgeListOptions(),
        progress: (@Sendable (GraphImportProgress) -> Void)? = nil
    ) async throws(StorageError) -> GraphImportSummary {
        try await importEdges(options, progress) { () throws(StorageError) in text }
    }

    private func importEdges(
        _ options: EdgeListOptions, _ progress: (@Sendable (GraphImportProgress) -> Void)?,
        _ text: @escaping @Sendable () throws(StorageError) -> [UInt8]
    ) async throws(StorageError) -> GraphImportSummary {
        try HeldConnection.check(self)
        let watch = ImportWatch(progress)
        let load = try await watch.run { watch throws(StorageError) in
            try EdgeListLoad(text(), options, watch)
        }
        try limits.check(options.labels)
        let base = try await commits.begin()
        let draft: GraphDraft
        do throws(StorageError) {
            let (state, journals) = (base.state.state, commits.journal != nil)
            draft = try await watch.run { [limits] watch throws(StorageError) in
                try watch.check()
                var draft = GraphDraft(state, limits)
                try draft.load(load, journals: journals)
                return draft
            }
        } catch {
            try await commits.settle(base)
            throw error
        }
        try await commits.commit(draft.state, changes: draft.changes, on: base)
        return GraphImportSummary(nodes: load.nodes.numbers.count, relationships: load.count)
    }
}
