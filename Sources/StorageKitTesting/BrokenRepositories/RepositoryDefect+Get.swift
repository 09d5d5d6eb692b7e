import StorageKit

extension RepositoryDefect {
    static var getDefects: [Self] {
        [
            // An error where the answer is "none".
            defect("get-throws-when-absent", caughtBy: "get.absent-is-nil") {
                base, call throws(StorageError) in
                guard case .get(let id) = call, try await base.get(id) == nil else { return nil }
                throw StorageError(code: .notFound, message: "no such entity", operation: "get")
            },
            // The nearest neighbour when there is none.
            defect("get-finds-the-next", caughtBy: "get.absent-is-nil") {
                base, call throws(StorageError) in
                guard case .get(let id) = call, try await base.get(id) == nil else { return nil }
                return .entity(try await base.scan(after: id, limit: 1).entities.first)
            },
        ]
    }

    static var getManyDefects: [Self] {
        [
            // One placeholder short.
            defect("get-many-drops-the-last", caughtBy: "get-many.finds-those-that-exist") {
                base, call throws(StorageError) in
                guard case .getMany(let ids) = call else { return nil }
                return .entities(try await base.get(Array(ids.dropLast())))
            },
            // All or nothing.
            defect("get-many-needs-all", caughtBy: "get-many.finds-those-that-exist") {
                base, call throws(StorageError) in
                guard case .getMany(let ids) = call else { return nil }
                let found = try await base.get(ids)
                return .entities(found.count == Set(ids).count ? found : [:])
            },
            // A dictionary literal's trap as an error.
            defect("get-many-refuses-duplicates", caughtBy: "get-many.duplicates-count-once") {
                _, call throws(StorageError) in
                guard case .getMany(let ids) = call, Set(ids).count < ids.count else { return nil }
                throw StorageError(code: .invalidArgument, message: "twice the same identifier")
            },
            // `WHERE id IN ()` that fell away with its condition.
            defect("get-many-of-none-finds-all", caughtBy: "get-many.empty-is-empty") {
                base, call throws(StorageError) in
                guard case .getMany([]) = call else { return nil }
                let page = try await base.scan(after: nil, limit: 1)
                return .entities(
                    Dictionary(uniqueKeysWithValues: page.entities.map { ($0.id, $0) }))
            },
            // A round trip for each.
            defect("get-many-loops", caughtBy: "round-trips.one-per-call") {
                base, call throws(StorageError) in
                guard case .getMany(let ids) = call else { return nil }
                var found: [Base.ID: Base.Entity] = [:]
                for id in ids { found[id] = try await base.get(id) }
                return .entities(found)
            },
            // A round trip for nothing.
            defect("get-many-of-none-asks", caughtBy: "round-trips.empty-batch-asks-nobody") {
                base, call throws(StorageError) in
                guard case .getMany([]) = call else { return nil }
                _ = try await base.scan(after: nil, limit: 1)
                return .entities([:])
            },
        ]
    }
}
