import StorageKit
import Synchronization

extension RepositoryDefect {
    static var replaceDefects: [Self] {
        [
            // An upsert by another name.
            defect("replace-creates", caughtBy: "replace.refuses-absent-identifier") {
                base, call throws(StorageError) in
                guard case .replace(let entity) = call else { return nil }
                return try await Call.upsert(entity).result(on: base)
            },
            // `UPDATE` without a look at how many rows it changed.
            defect("replace-hides-the-refusal", caughtBy: "replace.refuses-absent-identifier") {
                base, call throws(StorageError) in
                guard case .replace(let entity) = call else { return nil }
                return try await base.get(entity.id) == nil ? .done : nil
            },
            // Deletes that leave a tombstone, which a replace takes for an entity.
            stateful("replace-digs-up", caughtBy: "replace.refuses-a-deleted-identifier") {
                let buried = Mutex<Set<Base.ID>>([])
                return { base, call throws(StorageError) in
                    if case .delete(let id) = call { buried.withLock { _ = $0.insert(id) } }
                    guard case .replace(let entity) = call else { return nil }
                    guard buried.withLock({ $0.contains(entity.id) }) else { return nil }
                    return try await Call.upsert(entity).result(on: base)
                }
            },
            // Writes once per entity and thinks it up to date from then on.
            stateful("replace-works-once", caughtBy: "replace.stores-in-place") {
                let replaced = Mutex<Set<Base.ID>>([])
                return { base, call throws(StorageError) in
                    guard case .replace(let entity) = call else { return nil }
                    guard try await base.get(entity.id) != nil else { return nil }
                    return replaced.withLock { $0.insert(entity.id).inserted } ? nil : .done
                }
            },
            // A read and a write where one conditional write is needed.
            defect("replace-checks-then-writes", caughtBy: "concurrency.replace-never-resurrects") {
                base, call throws(StorageError) in
                guard case .replace(let entity) = call else { return nil }
                guard try await base.get(entity.id) != nil else { return nil }
                await pause()
                return try await Call.upsert(entity).result(on: base)
            },
        ]
    }
}
