import StorageKit

extension GraphLaws {
    static func neighbourCases<H: GraphHarness>() -> [ConformanceCase<H>] {
        [directions(), types(), loops(), bounded(), streamed()]
    }

    private static func directions<H: GraphHarness>() -> ConformanceCase<H> {
        law("neighbours.directions", "Neighbours and degrees are those of the direction.") {
            scene in
            let nodes = try await scene.makeNodes(4)
            for target in nodes[1...2] {
                try await scene.store.createRelationship(from: nodes[0], "TO", to: target)
            }
            try await scene.store.createRelationship(from: nodes[3], "TO", to: nodes[0])
            let expected: [(GraphExpansion, [NodeID])] = [
                (.outgoing(), Array(nodes[1...2])), (.incoming(), [nodes[3]]),
                (.either(), Array(nodes[1...])),
            ]
            for (expansion, neighbours) in expected {
                try scene.context.expectEqual(
                    try await scene.neighbours(nodes[0], expansion), neighbours,
                    "the neighbours, \(expansion.direction)")
                try scene.context.expectEqual(
                    try await scene.store.degree(of: nodes[0], expansion), neighbours.count,
                    "the degree, \(expansion.direction)")
            }
        }
    }

    private static func types<H: GraphHarness>() -> ConformanceCase<H> {
        law("neighbours.types", "Only relationships of the types are gone along, or all.") {
            scene in
            let nodes = try await scene.makeNodes(4)
            for (type, target) in zip(["A", "B", "C"], nodes[1...]) {
                try await scene.store.createRelationship(
                    from: nodes[0], RelationshipType(type), to: target)
            }
            let context = scene.context
            try context.expectEqual(
                try await scene.neighbours(nodes[0], .outgoing("A", "C")), [nodes[1], nodes[3]],
                "the neighbours by two types")
            try context.expectEqual(
                try await scene.neighbours(nodes[0], .outgoing()).count, 3, "by all types")
            try context.expectEqual(
                try await scene.neighbours(nodes[0], .outgoing("D")), [], "by an unknown type")
            try context.expectEqual(
                try await scene.store.degree(of: nodes[0], .outgoing("B", "D")), 1, "the degree")
        }
    }

    private static func loops<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "neighbours.loops",
            "A relationship to the node itself counts once in each direction, and once in both."
        ) { scene in
            let node = try await scene.makeNodes(1)[0]
            try await scene.store.createRelationship(from: node, "SELF", to: node)
            for expansion in [.outgoing(), .incoming(), .either()] as [GraphExpansion] {
                try scene.context.expectEqual(
                    try await scene.neighbours(node, expansion), [node],
                    "the neighbours, \(expansion.direction)")
                try scene.context.expectEqual(
                    try await scene.store.degree(of: node, expansion), 1,
                    "the degree, \(expansion.direction)")
            }
        }
    }

    private static func bounded<H: GraphHarness>() -> ConformanceCase<H> {
        law("neighbours.limit", "A bounded read has no more neighbours than the limit.") { scene in
            let nodes = try await scene.makeNodes(30)
            _ = try await scene.store.createRelationships(
                nodes.map { GraphRelationshipDraft(from: nodes[0], "TO", to: $0) })
            for limit in [1, 7, 30, 31] {
                let some = try await scene.store.neighbours(
                    of: nodes[0], .outgoing(), limit: limit)
                try scene.context.expectEqual(
                    some.count, min(limit, 30), "the number with limit \(limit)")
                try scene.context.expectEqual(
                    Set(some.map(\.relationship)).count, some.count, "the different ones")
            }
        }
    }

    private static func streamed<H: GraphHarness>() -> ConformanceCase<H> {
        law("neighbours.stream", "A sequence has every neighbour, each relationship once.") {
            scene in
            let nodes = try await scene.makeNodes(3_000)
            let ids = try await scene.store.createRelationships(
                nodes.map { GraphRelationshipDraft(from: nodes[0], "TO", to: $0) })
            var seen: [RelationshipID] = []
            for try await neighbour in scene.store.neighbours(of: nodes[0], .outgoing("TO")) {
                seen.append(neighbour.relationship)
            }
            try scene.context.expect(
                seen.sorted() == ids.sorted(), "3,000 relationships, each once",
                seen: "\(seen.count), \(Set(seen).count) different ones")
        }
    }
}
