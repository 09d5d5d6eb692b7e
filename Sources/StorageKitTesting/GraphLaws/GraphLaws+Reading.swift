import StorageKit

extension GraphLaws {
    static func readingCases<H: GraphHarness>() -> [ConformanceCase<H>] {
        [places(), pages(), counts(), batchLimit(), pageLimit(), atOnce(), closed()]
    }

    private static func places<H: GraphHarness>() -> ConformanceCase<H> {
        law("read.places", "What is read by ids stands at the places of the ids.") { scene in
            let nodes = try await scene.makeNodes(3)
            let asked = [nodes[2], NodeID(.max), nodes[0], nodes[2]]
            let seen = try await scene.store.nodes(asked).map { $0?.id }
            try scene.context.expectEqual(
                seen, [nodes[2], nil, nodes[0], nodes[2]], "the nodes")
        }
    }

    private static func pages<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "read.pages",
            "Pages have every node of the label once, in the order of the ids, also behind one "
                + "that is gone."
        ) { scene in
            let nodes = try await scene.makeNodes(25)
            _ = try await scene.makeNodes(10, "Other")
            _ = try await scene.store.deleteNode(nodes[9], detaching: false)
            var seen: [NodeID] = []
            var last: NodeID?
            while true {
                let page = try await scene.store.nodes(labelled: "Thing", after: last, limit: 10)
                seen += page.map(\.id)
                guard let next = page.last?.id, seen.count <= 25 else { break }
                last = next
            }
            try scene.context.expectEqual(seen, nodes.filter { $0 != nodes[9] }, "the nodes")
            let behind = try await scene.store.nodes(labelled: "Thing", after: nodes[9], limit: 1)
            try scene.context.expectEqual(behind.map(\.id), [nodes[10]], "what is behind it")
            let all = try await scene.store.nodes(labelled: nil, after: nil, limit: 100)
            try scene.context.expectEqual(all.count, 34, "the nodes of any label")
        }
    }

    private static func counts<H: GraphHarness>() -> ConformanceCase<H> {
        law("read.counts", "Counts are those of the label or the type, or of everything.") {
            scene in
            let nodes = try await scene.makeNodes(5)
            _ = try await scene.makeNodes(2, "Other")
            try await scene.store.createRelationship(from: nodes[0], "A", to: nodes[1])
            try await scene.store.createRelationship(from: nodes[0], "B", to: nodes[1])
            let (context, store) = (scene.context, scene.store)
            try context.expectEqual(try await store.nodeCount(labelled: "Thing"), 5, "Things")
            try context.expectEqual(try await store.nodeCount(labelled: nil), 7, "all nodes")
            try context.expectEqual(try await store.nodeCount(labelled: "None"), 0, "none")
            try context.expectEqual(try await store.relationshipCount(type: "A"), 1, "of type A")
            try context.expectEqual(try await store.relationshipCount(type: nil), 2, "of all")
        }
    }

    private static func batchLimit<H: GraphHarness>() -> ConformanceCase<H> {
        law("limits.batch", "A batch of the limit works, and one past it changes nothing.") {
            scene in
            let most = scene.store.limits.maximumBatchSize
            guard most <= 200_000 else { throw ConformanceNotApplicable("the limit is too large") }
            let drafts = [GraphNodeDraft](repeating: GraphNodeDraft([]), count: most)
            let ids = try await scene.store.createNodes(drafts)
            try scene.context.expectEqual(ids.count, most, "the nodes that were made")
            try await scene.context.expectThrows(.limitExceeded, "one more") {
                try await scene.store.createNodes(drafts + [GraphNodeDraft([])])
            }
            try await scene.context.expectThrows(.limitExceeded, "reading one more") {
                try await scene.store.nodes(ids + [NodeID(.max)])
            }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: nil), most, "the nodes afterwards")
        }
    }

    private static func pageLimit<H: GraphHarness>() -> ConformanceCase<H> {
        law("limits.page", "A page is of 1 to as many as the limit says.") { scene in
            let (store, most) = (scene.store, scene.store.limits.maximumPageSize)
            let node = try await scene.makeNodes(1)[0]
            let page = try await store.nodes(labelled: nil, after: nil, limit: most)
            try scene.context.expectEqual(page.count, 1, "a page of the limit")
            try await scene.context.expectThrows(.invalidArgument, "a page of none") {
                try await store.nodes(labelled: nil, after: nil, limit: 0)
            }
            try await scene.context.expectThrows(.limitExceeded, "a page one past the limit") {
                try await store.nodes(labelled: nil, after: nil, limit: most + 1)
            }
            try await scene.context.expectThrows(.limitExceeded, "neighbours past the limit") {
                try await store.neighbours(of: node, .either(), limit: most + 1)
            }
        }
    }

    private static func atOnce<H: GraphHarness>() -> ConformanceCase<H> {
        .overlappingLaw(
            "graph.write.at-once", "Writes of several tasks at once all happen, each once."
        ) { (scene: GraphScene<H>) in
            let hub = try await scene.makeNodes(1, "Hub")[0]
            let tasks = (0..<20).map { number in
                scene.task {
                    let node = try await scene.store.createNode(
                        ["Thing"], ["n": .integer(Int64(number))])
                    try await scene.store.createRelationship(from: hub, "TO", to: node)
                }
            }
            for task in tasks { _ = try await task.value }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: "Thing"), 20, "the nodes")
            try scene.context.expectEqual(
                Set(try await scene.neighbours(hub, .outgoing())).count, 20, "the neighbours")
        }
    }

    private static func closed<H: GraphHarness>() -> ConformanceCase<H> {
        law("store.closed", "After close every call is refused.") { scene in
            let id = try await scene.store.createNode()
            await scene.store.close()
            try await scene.context.expectThrows(.invalidState, "a read") {
                try await scene.store.node(id)
            }
            try await scene.context.expectThrows(.invalidState, "a write") {
                try await scene.store.createNode()
            }
            try await scene.context.expectThrows(.invalidState, "a sequence") {
                for try await _ in scene.store.neighbours(of: id, .either()) {}
            }
        }
    }
}
