import StorageKit

extension GraphLaws {
    static func nodeCases<H: GraphHarness>() -> [ConformanceCase<H>] {
        [
            faithful(), bits(), wholeBatch(), update(), replacingUpdate(), labels(), absent(),
            connected(), detaching(), newIDs(),
        ]
    }

    private static func faithful<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.faithful", "A node is read as it was written, values of all kinds included.") {
            scene in
            let properties: [PropertyKey: GraphValue] = [
                "yes": true, "least": .integer(.min), "most": .integer(.max),
                "tiny": .double(.leastNonzeroMagnitude),
                "text": "\u{1F600} e\u{301} \u{0} \"'`", "empty": "", "bytes": .bytes([0, 255]),
                "none": .bytes([]), "list": [1, "a", [true, 2.5], []],
                "endless": .double(.infinity),
                "long": .string(String(repeating: "xyz", count: 20_000)), "a key, odd": 1,
            ]
            let id = try await scene.store.createNode(["A", "a", "B c"], properties)
            try scene.context.expectEqual(
                try await scene.store.node(id),
                GraphNode(id: id, labels: ["A", "a", "B c"], properties: properties), "the node")
            let bare = try await scene.store.createNode()
            try scene.context.expectEqual(
                try await scene.store.node(bare), GraphNode(id: bare), "a node with nothing")
        }
    }

    private static func bits<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.bits", "Not-a-number and the zeros keep their signs.") { scene in
            let values: [PropertyKey: Double] = ["nan": .nan, "minus": -0.0, "plus": 0]
            let id = try await scene.store.createNode([], values.mapValues(GraphValue.double))
            let node = try await scene.store.node(id)
            for (key, value) in values {
                guard case .double(let seen)? = node?[key] else {
                    throw ConformanceFailure(
                        expected: "\(key) to be a double", seen: describe(node?[key]))
                }
                try scene.context.expect(
                    seen.isNaN == value.isNaN && seen.sign == value.sign,
                    "\(key) to be \(value)", seen: "\(seen)")
            }
        }
    }

    private static func wholeBatch<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "node.batch", "Nodes are made all, with ids in their order, or none of them."
        ) { scene in
            let ids = try await scene.makeNodes(50)
            let nodes = try await scene.store.nodes(ids)
            try scene.context.expectEqual(
                nodes.map { $0?["n"] }, (0..<50).map { .integer(Int64($0)) }, "the nodes' order")
            let name = String(repeating: "k", count: scene.store.limits.maximumNameBytes + 1)
            try await scene.context.expectThrows(.limitExceeded, "a batch with a name too long") {
                try await scene.store.createNodes([
                    GraphNodeDraft(["Thing"]), GraphNodeDraft(["Thing"], [PropertyKey(name): 1]),
                ])
            }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: "Thing"), 50, "the nodes afterwards")
        }
    }

    private static func update<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.update", "An update changes what it names and nothing else.") { scene in
            let id = try await scene.store.createNode(["A"], ["a": 1, "b": 2, "c": 3])
            let other = try await scene.store.createNode(["A"], ["a": 1])
            let isThere = try await scene.store.updateNode(id, GraphNodeUpdate(["a": 9, "b": nil]))
            try scene.context.expect(isThere, "the node to be there")
            try scene.context.expectEqual(
                try await scene.store.node(id),
                GraphNode(id: id, labels: ["A"], properties: ["a": 9, "c": 3]), "the node")
            try scene.context.expectEqual(
                try await scene.property("a", of: other), 1, "another node's property")
        }
    }

    private static func replacingUpdate<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.update.replacing", "A replacing update leaves the properties that it names.") {
            scene in
            let id = try await scene.store.createNode(["A"], ["a": 1, "b": 2])
            _ = try await scene.store.updateNode(
                id, GraphNodeUpdate(["a": 5], replacingProperties: true))
            try scene.context.expectEqual(
                try await scene.store.node(id)?.properties, ["a": 5], "the properties")
        }
    }

    private static func labels<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "node.update.labels",
            "Labels come and go by name; one that is added and removed is there."
        ) { scene in
            let id = try await scene.store.createNode(["A", "B"])
            _ = try await scene.store.updateNode(
                id, GraphNodeUpdate(addingLabels: ["B", "C"], removingLabels: ["A", "B"]))
            try scene.context.expectEqual(
                try await scene.store.node(id)?.labels, ["B", "C"], "the labels")
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: "A"), 0, "the nodes of a label")
        }
    }

    private static func absent<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.absent", "What is not there is neither read, nor changed, nor deleted.") {
            scene in
            let id = try await scene.store.createNode()
            _ = try await scene.store.deleteNode(id, detaching: false)
            for node in [id, NodeID(.max)] {
                let context = scene.context
                try context.expectEqual(try await scene.store.node(node), nil, "the node")
                try context.expectEqual(
                    try await scene.store.updateNode(node, GraphNodeUpdate(["a": 1])), false,
                    "an update")
                try context.expectEqual(
                    try await scene.store.deleteNode(node, detaching: true), false, "a deletion")
                try context.expectEqual(
                    try await scene.neighbours(node, .either()), [], "the neighbours")
                try context.expectEqual(
                    try await scene.store.degree(of: node, .either()), 0, "the degree")
            }
            try scene.context.expectEqual(
                try await scene.store.deleteRelationship(RelationshipID(.max)), false,
                "the deletion of a relationship")
        }
    }

    private static func connected<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "node.delete.connected",
            "A node with relationships is not deleted, unless they go with it."
        ) { scene in
            let nodes = try await scene.makeNodes(2)
            try await scene.store.createRelationship(from: nodes[0], "TO", to: nodes[1])
            for node in nodes {
                try await scene.context.expectThrows(.constraintViolation, "the deletion") {
                    try await scene.store.deleteNode(node, detaching: false)
                }
            }
            try scene.context.expectEqual(
                try await scene.neighbours(nodes[0], .outgoing()), [nodes[1]], "what was there")
        }
    }

    private static func detaching<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "node.delete.detaching", "Relationships go with a node that is detached, all of them."
        ) { scene in
            let nodes = try await scene.makeNodes(3)
            let (middle, store) = (nodes[1], scene.store)
            try await store.createRelationship(from: nodes[0], "TO", to: middle)
            try await store.createRelationship(from: middle, "TO", to: nodes[2])
            try await store.createRelationship(from: middle, "TO", to: middle)
            let left = try await store.createRelationship(from: nodes[0], "TO", to: nodes[2])
            let wasThere = try await store.deleteNode(middle, detaching: true)
            try scene.context.expect(wasThere, "the node to be there")
            try scene.context.expectEqual(try await store.node(middle), nil, "the node")
            try scene.context.expectEqual(
                try await store.relationshipCount(type: "TO"), 1, "the relationships")
            try scene.context.expectEqual(
                try await scene.neighbours(nodes[2], .incoming()), [nodes[0]], "what is left")
            let kept = try await store.relationship(left)
            try scene.context.expect(kept != nil, "the other relationship to be there")
        }
    }

    private static func newIDs<H: GraphHarness>() -> ConformanceCase<H> {
        law("node.ids", "No id is given twice, also not when its node is gone.") { scene in
            var seen: Set<NodeID> = []
            for _ in 0..<20 {
                let id = try await scene.store.createNode()
                try scene.context.expect(seen.insert(id).inserted, "a new id", seen: "\(id)")
                _ = try await scene.store.deleteNode(id, detaching: false)
            }
        }
    }
}
