import StorageKit

/// An entity that counts its changes.
private struct Note: Codable, Equatable, VersionedEntity, Sendable {
    var id: Int
    var text: String
    var version = 0
}

extension RelationalLaws {
    static func versionCases<H: RelationalHarness>() -> [ConformanceCase<H>]
    where H.Subject: UpsertQuerying {
        [counted(), outdated(), absent(), upsertedVersions(), deletedVersions(), noLostChange()]
    }

    /// A law with a table of notes.
    private static func noteLaw<H: RelationalHarness>(
        _ id: String, _ clause: String,
        _ body:
            @escaping @Sendable (
                RelationalScene<H>, TableRepository<H.Subject, Note>
            ) async throws -> Void
    ) -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law("version.\(id)", clause) { scene in
            try await scene.store.execute(
                """
                CREATE TABLE note (
                    id INTEGER PRIMARY KEY, text TEXT NOT NULL, version INTEGER NOT NULL
                )
                """)
            try await body(scene, TableRepository("note", in: scene.store))
        }
    }

    private static func counted<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw(
            "counted",
            "insert stores the version that an entity carries; each replace counts it up, in the "
                + "row and in the entity."
        ) { scene, notes in
            var note = Note(id: 1, text: "a", version: 3)
            try await notes.insert(note)
            for version in 4...6 {
                note.text += "a"
                try await notes.replace(&note)
                try scene.context.expectEqual(note.version, version, "the entity's version")
                let found = try await notes.get(1)
                try scene.context.expectEqual(found, note, "what was stored")
            }
        }
    }

    private static func outdated<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw(
            "outdated-replace",
            "replace of another version than the row's is a conflict that changes nothing."
        ) { scene, notes in
            let first = Note(id: 1, text: "a")
            try await notes.insert(first)
            try await notes.replace(Note(id: 1, text: "b"))
            for version in [0, 2] {
                var late = Note(id: 1, text: "late", version: version)
                let before = late
                try await scene.context.expectThrows(.conflict, "a replace of \(version)") {
                    try await notes.replace(&late)
                }
                try scene.context.expectEqual(late, before, "the refused entity")
            }
            let found = try await notes.get(1)
            try scene.context.expectEqual(
                found, Note(id: 1, text: "b", version: 1), "the row after refused replaces")
        }
    }

    private static func absent<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw("absent-replace", "replace of what is not there is notFound, with a version too.") {
            scene, notes in
            try await scene.context.expectThrows(.notFound, "a replace of what is not there") {
                try await notes.replace(Note(id: 1, text: "a"))
            }
            let found = try await notes.get(1)
            try scene.context.expectEqual(found, nil, "what is there")
        }
    }

    private static func upsertedVersions<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw(
            "upsert",
            "upsert inserts what is not there, replaces the version that the entity has, and is a "
                + "conflict with another one."
        ) { scene, notes in
            try await notes.upsert(Note(id: 1, text: "a"))
            try await notes.upsert(Note(id: 1, text: "b"))
            try await scene.context.expectThrows(.conflict, "an upsert of an old version") {
                try await notes.upsert(Note(id: 1, text: "c"))
            }
            let found = try await notes.get(1)
            try scene.context.expectEqual(
                found, Note(id: 1, text: "b", version: 1), "the row after three upserts")
        }
    }

    private static func deletedVersions<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw(
            "delete",
            "Deleting an entity asks for its version, deleting an identifier does not."
        ) { scene, notes in
            let old = Note(id: 1, text: "a")
            var new = old
            try await notes.insert(old)
            try await notes.replace(&new)
            try await scene.context.expectThrows(.conflict, "deleting the old version") {
                try await notes.delete(old)
            }
            try scene.context.expect(try await notes.delete(new), "the new version to be deleted")
            try scene.context.expect(
                try await !notes.delete(new), "a second delete to find none")
            try await notes.insert(new)
            try scene.context.expect(
                try await notes.delete(1), "the identifier to be deleted whatever its version")
        }
    }

    private static func noLostChange<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        noteLaw(
            "no-lost-change",
            "Tasks that read, change and replace, again after a conflict, "
                + "lose no change."
        ) { scene, notes in
            try await notes.insert(Note(id: 1, text: ""))
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { for _ in 0..<5 { try await append(to: notes) } }
                }
                try await group.waitForAll()
            }
            let found = try await notes.get(1)
            try scene.context.expectEqual(
                found, Note(id: 1, text: String(repeating: "x", count: 40), version: 40),
                "the note after 40 changes")
        }
    }

    private static func append(
        to notes: TableRepository<some RelationalStore & UpsertQuerying, Note>
    ) async throws {
        // Of as many as meet, one is always the first: so many times nobody is the slower one.
        for _ in 0..<1000 {
            guard var note = try await notes.get(1) else { return }
            note.text += "x"
            await Task.yield()
            do throws(StorageError) {
                return try await notes.replace(&note)
            } catch {
                guard error.code == .conflict else { throw error }
            }
        }
    }
}
