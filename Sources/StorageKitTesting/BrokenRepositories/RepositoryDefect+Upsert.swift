public import StorageKit

extension RepositoryDefect {
    static var upsertDefects: [Self] {
        [
            // `ON CONFLICT DO NOTHING`.
            defect("upsert-keeps-the-old", caughtBy: "upsert.replaces-whole") {
                base, call throws(StorageError) in
                guard case .upsert(let entity) = call else { return nil }
                return try await base.get(entity.id) == nil ? nil : .done
            },
            // A replace by another name that says nothing.
            defect("upsert-never-creates", caughtBy: "upsert.creates") {
                base, call throws(StorageError) in
                guard case .upsert(let entity) = call else { return nil }
                return try await base.get(entity.id) == nil ? .done : nil
            },
            // Two steps, with nothing stored in between.
            defect("upsert-deletes-then-inserts", caughtBy: "concurrency.whole-writes") {
                base, call throws(StorageError) in
                guard case .upsert(let entity) = call else { return nil }
                try await base.delete(entity.id)
                await pause()
                return nil
            },
        ]
    }
}

extension RepositoryDefect where Base.Entity == Specimen, Base.ID == Int {
    /// The defects that know what a ``Specimen`` is made of.
    public static var specimenGallery: [RepositoryDefect] {
        [
            // Writes the fields that have a value and leaves the others as they were.
            defect("upsert-merges", caughtBy: "upsert.replaces-whole") {
                base, call throws(StorageError) in
                guard case .upsert(var specimen) = call else { return nil }
                if specimen.note == nil { specimen.note = try await base.get(specimen.id)?.note }
                return try await Call.upsert(specimen).result(on: base)
            },
            // A column of limited width that cuts without a word.
            defect("writes-truncate-text", caughtBy: "get.returns-what-was-written") {
                base, call throws(StorageError) in
                guard case .upsert(var specimen) = call else { return nil }
                specimen.title = String(specimen.title.prefix(255))
                return try await Call.upsert(specimen).result(on: base)
            },
            // One field arrives after the others.
            defect("upsert-writes-in-two-steps", caughtBy: "history.one-entity-is-linearizable") {
                base, call throws(StorageError) in
                guard case .upsert(let specimen) = call else { return nil }
                guard var mixture = try await base.get(specimen.id) else { return nil }
                mixture.title = specimen.title
                try await base.upsert(mixture)
                await pause()
                return nil
            },
        ]
    }
}
