import StorageKit

extension RepositoryDefect {
    static var limitDefects: [Self] {
        [
            // Cuts the work into pieces: more than one round trip, and never a refusal.
            defect("get-many-ignores-the-limit", caughtBy: "limits.batch-past-the-limit") {
                base, call throws(StorageError) in
                guard case .getMany(let ids) = call else { return nil }
                var found: [Base.ID: Base.Entity] = [:]
                var rest = ids[...]
                repeat {
                    let batch = Array(rest.prefix(base.limits.maximumBatchSize))
                    for (id, entity) in try await base.get(batch) { found[id] = entity }
                    rest = rest.dropFirst(batch.count)
                } while !rest.isEmpty
                return .entities(found)
            },
            // `>=` where `>` belongs.
            defect("get-many-refuses-the-limit-itself", caughtBy: "limits.batch-at-the-limit") {
                base, call throws(StorageError) in
                guard case .getMany(let ids) = call else { return nil }
                guard ids.count >= base.limits.maximumBatchSize else { return nil }
                throw StorageError(code: .limitExceeded, message: "too many identifiers")
            },
            // Gives less than was asked for without a word.
            defect("scan-cuts-the-limit-down", caughtBy: "limits.page-past-the-limit") {
                base, call throws(StorageError) in
                guard case .scan(let id, let limit) = call else { return nil }
                let most = base.limits.maximumPageSize
                return .page(try await base.scan(after: id, limit: min(limit, most)))
            },
            // Asks for one more to see whether there is a next, and forgets to drop it.
            defect("scan-returns-one-more", caughtBy: "limits.page-at-the-limit") {
                base, call throws(StorageError) in
                guard case .scan(let id, let limit) = call else { return nil }
                guard (1..<base.limits.maximumPageSize).contains(limit) else { return nil }
                return .page(try await base.scan(after: id, limit: limit + 1))
            },
            // A limit of 0 means "all" in more than one database.
            defect("scan-takes-zero-for-all", caughtBy: "limits.page-below-one") {
                base, call throws(StorageError) in
                guard case .scan(let id, 0) = call else { return nil }
                let most = base.limits.maximumPageSize
                return .page(try await base.scan(after: id, limit: most))
            },
        ]
    }
}
