import StorageKit

extension RepositoryDefect {
    static var insertDefects: [Self] {
        [
            // An upsert by another name.
            defect("insert-overwrites", caughtBy: "insert.refuses-taken-identifier") {
                base, call throws(StorageError) in
                guard case .insert(let entity) = call else { return nil }
                return try await Call.upsert(entity).result(on: base)
            },
            // `INSERT OR IGNORE`: leaves the old entity alone and does not say so.
            defect("insert-hides-the-refusal", caughtBy: "insert.refuses-an-equal-entity-too") {
                base, call throws(StorageError) in
                guard case .insert(let entity) = call else { return nil }
                guard try await base.get(entity.id) == nil else { return .done }
                return nil
            },
            // Nothing but the memory of an insert: the entity never gets there.
            defect("insert-forgets", caughtBy: "insert.stores-a-new-entity") {
                base, call throws(StorageError) in
                guard case .insert(let entity) = call else { return nil }
                return try await base.get(entity.id) == nil ? .done : nil
            },
            // Refuses, but has cleared the place already.
            defect("insert-refuses-and-removes", caughtBy: "insert.refuses-taken-identifier") {
                base, call throws(StorageError) in
                guard case .insert(let entity) = call else { return nil }
                let outcome = await call.outcome(on: base)
                if case .failure = outcome { try await base.delete(entity.id) }
                return try outcome.get()
            },
            // A read and a write where one conditional write is needed.
            defect("insert-checks-then-writes", caughtBy: "concurrency.one-insert-wins") {
                base, call throws(StorageError) in
                guard case .insert(let entity) = call else { return nil }
                guard try await base.get(entity.id) == nil else { return nil }
                await pause()
                return try await Call.upsert(entity).result(on: base)
            },
        ]
    }
}
