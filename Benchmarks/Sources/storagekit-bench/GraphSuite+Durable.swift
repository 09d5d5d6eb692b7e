extension GraphSuite {
    /// Commits that wait for the disk: what many tasks make of it that one alone cannot.
    static func durableCases() async throws -> [BenchmarkCase] {
        let folder = try await GraphBenchmarkFolder(nodeCount: 64)
        let times = 8
        return [
            BenchmarkCase(
                id: "graph.write.durable",
                summary: "commits of 64 tasks against those of one task, both ours, durability "
                    + "synced (fdatasync)",
                operation: "commits", operationCount: folder.nodes.count * times,
                ours: {
                    try await sum(of: folder.nodes) { try await folder.write($0, times: times) }
                },
                baseline: {
                    var total: Int64 = 0
                    for node in folder.nodes { total += try await folder.write(node, times: times) }
                    return total
                })
        ]
    }
}
