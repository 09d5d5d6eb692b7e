public import StorageKit

extension InMemoryDocumentStore: ExplainingDocumentStore {
    /// How the store would find the documents of a query; it is not run.
    public func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan {
        try query.check()
        return try withDocuments(of: collection) { documents throws(StorageError) in
            documents.plan(for: query)
        }
    }
}

extension InMemoryDocuments {
    /// How the documents of a query are found.
    fileprivate func plan(for query: DocumentQuery) -> DocumentPlan {
        var steps: [PlanStep] = []
        var names: [String] = []
        let ordered =
            query.filter.identifier == nil
            ? access(for: query.filter, inOrder: query.order) : nil
        let sorts = ordered == nil && !query.order.isEmpty
        if sorts { steps.append(PlanStep("sort", depth: 0)) }
        let depth = sorts ? 1 : 0
        let access = ordered.map { .index($0.place, $0.use) } ?? self.access(for: query.filter)
        if query.filter.identifier != nil {
            note(.index(0, InMemoryIndexUse()), &steps, &names, depth)
        } else if let access {
            note(access, &steps, &names, depth)
        } else {
            steps.append(PlanStep("look at every document", depth: depth))
        }
        return DocumentPlan(
            steps: steps,
            scansCollection: query.filter.identifier == nil
                && access == nil, indexes: names, sortsInMemory: sorts)
    }

    private func note(
        _ access: InMemoryAccess, _ steps: inout [PlanStep], _ names: inout [String],
        _ depth: Int
    ) {
        switch access {
        case .index(let place, _):
            let name = indexes[place].index.name
            steps.append(PlanStep("read the index \(name)", depth: depth))
            if !names.contains(name) { names.append(name) }
        case .union(let accesses):
            steps.append(PlanStep("take all of", depth: depth))
            for access in accesses { note(access, &steps, &names, depth + 1) }
        }
    }
}
