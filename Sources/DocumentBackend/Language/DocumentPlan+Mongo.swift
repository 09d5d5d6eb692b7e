internal import StorageKit

extension DocumentPlan {
    /// Reads the answer to `explain`.
    ///
    /// Source: MongoDB's manual, "Explain Results".
    init(mongo reply: Document) {
        var stages = MongoStages()
        if case .document(let plan)? = reply[path: "queryPlanner.winningPlan"] {
            stages.add(plan, depth: 0)
        }
        self.init(
            steps: stages.steps, scansCollection: stages.scans, indexes: stages.indexes,
            sortsInMemory: stages.sorts)
    }
}

/// The stages of a plan, walked from the last to the first.
private struct MongoStages {
    var steps: [DocumentPlan.Step] = []
    var indexes: [String] = []
    var scans = false
    var sorts = false

    mutating func add(_ stage: Document, depth: Int) {
        // The slot-based engine has the stages one document further in; a cluster has them for
        // each shard.
        for name in ["queryPlan", "winningPlan"] {
            if case .document(let inner)? = stage[name] { return add(inner, depth: depth) }
        }
        var inner = depth
        if let name = stage["stage"]?.text {
            note(name, stage, depth)
            inner += 1
        }
        for part in ["inputStage", "outerStage", "innerStage", "thenStage", "elseStage"] {
            if case .document(let stage)? = stage[part] { add(stage, depth: inner) }
        }
        for part in ["inputStages", "shards"] {
            guard case .array(let stages)? = stage[part] else { continue }
            for case .document(let stage) in stages { add(stage, depth: inner) }
        }
    }

    private mutating func note(_ name: String, _ stage: Document, _ depth: Int) {
        // Newer servers read an identifier without naming its index.
        let isIdentifiers = ["IDHACK", "EXPRESS_IXSCAN", "CLUSTERED_IXSCAN"].contains(name)
        let index =
            stage["indexName"]?.text ?? (isIdentifiers ? DocumentIndex.identifiersName : nil)
        steps.append(
            DocumentPlan.Step(
                [name, index].compactMap(\.self).joined(separator: " "), depth: depth))
        if let index, !indexes.contains(index) { indexes.append(index) }
        if name == "COLLSCAN" { scans = true }
        if name.hasPrefix("SORT"), name != "SORT_MERGE", name != "SORT_KEY_GENERATOR" {
            sorts = true
        }
    }
}
