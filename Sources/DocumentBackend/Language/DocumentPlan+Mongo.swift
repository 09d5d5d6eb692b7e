internal import StorageKit

extension DocumentPlan {
    /// Reads the answer to `explain`.
    ///
    /// What it does not know is taken for a scan, so that a policy does not let pass what it cannot
    /// read: a plan that is not there, or a stage that has no part, reads no index and is not known
    /// to read nothing.
    ///
    /// Source: MongoDB's manual, "Explain Results".
    init(mongo reply: Document) {
        var stages = MongoStages()
        if case .document(let plan)? = reply[path: "queryPlanner.winningPlan"] {
            stages.add(plan, depth: 0)
        } else {
            stages.scans = true
        }
        self.init(
            steps: stages.steps, scansCollection: stages.scans, indexes: stages.indexes,
            sortsInMemory: stages.sorts)
    }
}

/// The stages of a plan, walked from the last to the first.
private struct MongoStages {
    var steps: [PlanStep] = []
    var indexes: [String] = []
    var scans = false
    var sorts = false

    /// Stages that read the index of the identifiers without its name.
    private static let identifiers: Set = [
        "IDHACK", "EXPRESS_IXSCAN", "CLUSTERED_IXSCAN", "EXPRESS_CLUSTERED_IXSCAN",
    ]

    mutating func add(_ stage: Document, depth: Int) {
        // The slot-based engine has the stages one document further in; a cluster has them for
        // each shard.
        for name in ["queryPlan", "winningPlan"] {
            if case .document(let inner)? = stage[name] { return add(inner, depth: depth) }
        }
        var inner = depth
        let name = stage["stage"]?.text
        if let name {
            note(name, stage, depth)
            inner += 1
        }
        var hasParts = false
        for part in ["inputStage", "outerStage", "innerStage", "thenStage", "elseStage"] {
            guard case .document(let stage)? = stage[part] else { continue }
            hasParts = true
            add(stage, depth: inner)
        }
        for part in ["inputStages", "shards"] {
            guard case .array(let stages)? = stage[part] else { continue }
            for case .document(let stage) in stages {
                hasParts = true
                add(stage, depth: inner)
            }
        }
        let isKnown = name == "EOF" || name.map { Self.identifiers.contains($0) } ?? false
        if !hasParts, !isKnown, stage["indexName"] == nil { scans = true }
    }

    private mutating func note(_ name: String, _ stage: Document, _ depth: Int) {
        // Newer servers read an identifier without naming its index.
        let isIdentifiers = Self.identifiers.contains(name)
        let index =
            stage["indexName"]?.text ?? (isIdentifiers ? DocumentIndex.identifiersName : nil)
        steps.append(
            PlanStep(
                [name, index].compactMap(\.self).joined(separator: " "), depth: depth))
        if let index, !indexes.contains(index) { indexes.append(index) }
        if name == "COLLSCAN" { scans = true }
        if name.hasPrefix("SORT"), name != "SORT_MERGE", name != "SORT_KEY_GENERATOR" {
            sorts = true
        }
    }
}
