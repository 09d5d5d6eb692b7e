import StorageKit
import Synchronization

extension RepositoryDefect {
    static var deleteDefects: [Self] {
        [
            // Takes "no error" for "removed".
            defect("delete-always-true", caughtBy: "delete.says-when-there-was-none") {
                base, call throws(StorageError) in
                guard case .delete(let id) = call else { return nil }
                try await base.delete(id)
                return .removed(true)
            },
            // Does the work and forgets to say so.
            defect("delete-always-false", caughtBy: "delete.removes") {
                base, call throws(StorageError) in
                guard case .delete(let id) = call else { return nil }
                try await base.delete(id)
                return .removed(false)
            },
            // Says so and forgets to do the work.
            defect("delete-removes-nothing", caughtBy: "delete.removes") {
                base, call throws(StorageError) in
                guard case .delete(let id) = call else { return nil }
                return .removed(try await base.get(id) != nil)
            },
            // `WHERE id >= ? LIMIT 1`, more or less.
            defect("delete-takes-a-neighbour", caughtBy: "delete.removes") {
                base, call throws(StorageError) in
                guard case .delete(let id) = call, try await base.get(id) != nil else { return nil }
                let page = try await base.scan(after: id, limit: 1)
                if let neighbour = page.entities.first { try await base.delete(neighbour.id) }
                return nil
            },
            // Marks as deleted, and the mark outlives the next insert.
            stateful("delete-marks-for-ever", caughtBy: "delete.frees-the-identifier") {
                let marked = Mutex<Set<Base.ID>>([])
                return { base, call throws(StorageError) in
                    if case .delete(let id) = call { marked.withLock { _ = $0.insert(id) } }
                    guard case .get(let id) = call else { return nil }
                    return marked.withLock { $0.contains(id) } ? .entity(nil) : nil
                }
            },
            // A read and a write where one would do.
            defect("delete-checks-then-deletes", caughtBy: "concurrency.one-delete-removes") {
                base, call throws(StorageError) in
                guard case .delete(let id) = call else { return nil }
                guard try await base.get(id) != nil else { return .removed(false) }
                await pause()
                try await base.delete(id)
                return .removed(true)
            },
        ]
    }
}
