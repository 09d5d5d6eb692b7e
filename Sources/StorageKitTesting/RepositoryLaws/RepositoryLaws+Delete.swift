import StorageKit

extension RepositoryLaws {
    static func deleteCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [deleteRemoves(), deleteOfAbsent(), deleteFrees()]
    }

    private static func deleteRemoves<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "delete.removes",
            "delete removes the entity with this identifier, says so, and leaves the others alone."
        ) { scene in
            try await scene.fill(0..<4)
            let wasThere = try await scene.store.delete(scene.id(1))
            try scene.context.expectEqual(wasThere, true, "delete of a stored entity")
            try await scene.expect(1, is: nil, "after the delete")
            try await scene.expectContents([0: 0, 2: 0, 3: 0], "after the delete")
            let again = try await scene.store.delete(scene.id(1))
            try scene.context.expectEqual(again, false, "delete of a deleted entity")
        }
    }

    private static func deleteOfAbsent<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "delete.says-when-there-was-none",
            "delete returns false when there was no entity with this identifier; it is no error."
        ) { scene in
            let inEmpty = try await scene.store.delete(scene.id(0))
            try scene.context.expectEqual(inEmpty, false, "delete in an empty store")
            try await scene.fill(1..<3)
            let absent = try await scene.store.delete(scene.id(0))
            try scene.context.expectEqual(absent, false, "delete of an absent identifier")
            try await scene.expectContents([1: 0, 2: 0], "after the delete of an absent one")
        }
    }

    private static func deleteFrees<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "delete.frees-the-identifier",
            "After a delete the identifier can be inserted again, and holds what is inserted then."
        ) { scene in
            try await scene.fill(0..<2)
            for revision in 1...3 {
                try await scene.store.delete(scene.id(0))
                try await scene.store.insert(scene.entity(0, revision))
                try await scene.expectContents([0: revision, 1: 0], "after delete and insert")
            }
        }
    }
}
