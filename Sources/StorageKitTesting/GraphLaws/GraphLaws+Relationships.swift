import StorageKit

extension GraphLaws {
    static func relationshipCases<H: GraphHarness>() -> [ConformanceCase<H>] {
        [faithfulRelationship(), parallel(), missingEnds(), updateRelationship(), deleteOne()]
    }

    private static func faithfulRelationship<H: GraphHarness>() -> ConformanceCase<H> {
        law("relationship.faithful", "A relationship is read as it was written.") { scene in
            let nodes = try await scene.makeNodes(2)
            let properties: [PropertyKey: GraphValue] = ["since": 1833, "notes": ["a", 0.5]]
            let id = try await scene.store.createRelationship(
                from: nodes[0], "KNOWS", to: nodes[1], properties)
            try scene.context.expectEqual(
                try await scene.store.relationship(id),
                GraphRelationship(
                    id: id, from: nodes[0], to: nodes[1], type: "KNOWS", properties: properties),
                "the relationship")
        }
    }

    private static func parallel<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "relationship.parallel",
            "Relationships of the same type between the same nodes are told apart."
        ) { scene in
            let nodes = try await scene.makeNodes(2)
            let draft = GraphRelationshipDraft(from: nodes[0], "TO", to: nodes[1])
            let ids = try await scene.store.createRelationships([draft, draft, draft])
            try scene.context.expectEqual(Set(ids).count, 3, "the number of ids")
            _ = try await scene.store.deleteRelationship(ids[1])
            try scene.context.expectEqual(
                try await scene.neighbours(nodes[0], .outgoing("TO")), [nodes[1], nodes[1]],
                "the neighbours when one is gone")
            let left = try await scene.store.relationships(ids).map { $0 != nil }
            try scene.context.expectEqual(left, [true, false, true], "which are there")
        }
    }

    private static func missingEnds<H: GraphHarness>() -> ConformanceCase<H> {
        law(
            "relationship.ends",
            "A relationship to a node that is not there is refused, and its batch with it."
        ) { scene in
            let nodes = try await scene.makeNodes(2)
            let sound = GraphRelationshipDraft(from: nodes[0], "TO", to: nodes[1])
            let broken = GraphRelationshipDraft(from: nodes[0], "TO", to: NodeID(.max))
            try await scene.context.expectThrows(.notFound, "a batch with a missing node") {
                try await scene.store.createRelationships([sound, broken])
            }
            try scene.context.expectEqual(
                try await scene.store.relationshipCount(type: nil), 0, "the relationships")
        }
    }

    private static func updateRelationship<H: GraphHarness>() -> ConformanceCase<H> {
        law("relationship.update", "An update changes the properties that it names.") { scene in
            let nodes = try await scene.makeNodes(2)
            let id = try await scene.store.createRelationship(
                from: nodes[0], "TO", to: nodes[1], ["a": 1, "b": 2])
            _ = try await scene.store.updateRelationship(
                id, GraphRelationshipUpdate(["a": nil, "c": 3]))
            let changed = try await scene.store.relationship(id)?.properties
            try scene.context.expectEqual(changed, ["b": 2, "c": 3], "the properties")
            _ = try await scene.store.updateRelationship(
                id, GraphRelationshipUpdate(["d": 4], replacingProperties: true))
            let replaced = try await scene.store.relationship(id)?.properties
            try scene.context.expectEqual(replaced, ["d": 4], "the replaced properties")
        }
    }

    private static func deleteOne<H: GraphHarness>() -> ConformanceCase<H> {
        law("relationship.delete", "A relationship that was deleted is nowhere any more.") {
            scene in
            let nodes = try await scene.makeNodes(2)
            let id = try await scene.store.createRelationship(from: nodes[0], "TO", to: nodes[1])
            let context = scene.context
            try context.expectEqual(
                try await scene.store.deleteRelationship(id), true, "the deletion")
            try context.expectEqual(
                try await scene.store.deleteRelationship(id), false, "another deletion")
            try context.expectEqual(try await scene.store.relationship(id), nil, "it")
            try context.expectEqual(
                try await scene.neighbours(nodes[1], .incoming()), [], "the neighbours")
            try context.expectEqual(
                try await scene.store.deleteNode(nodes[0], detaching: false), true,
                "the deletion of its node")
        }
    }
}
