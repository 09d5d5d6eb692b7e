import StorageKit

extension RepositoryDefect {
    static var scanDefects: [Self] {
        pageDefects + orderDefects
    }

    private static var pageDefects: [Self] {
        [
            // Every page is the first.
            defect("scan-ignores-after", caughtBy: "scan.starts-after-the-identifier") {
                base, call throws(StorageError) in
                guard case .scan(_, let limit) = call else { return nil }
                return .page(try await base.scan(after: nil, limit: limit))
            },
            // `>=` where `>` belongs: each page begins with the end of the last.
            defect("scan-includes-after", caughtBy: "scan.starts-after-the-identifier") {
                base, call throws(StorageError) in
                guard case .scan(let id?, let limit) = call else { return nil }
                guard let first = try await base.get(id) else { return nil }
                let rest = try await base.scan(after: id, limit: limit).entities
                return .page(Page(Array(([first] + rest).prefix(limit)), limit: limit))
            },
            // An offset that is one too far.
            defect("scan-skips-at-the-boundary", caughtBy: "scan.visits-everything-in-one-order") {
                base, call throws(StorageError) in
                guard case .scan(.some, _) = call else { return nil }
                guard case .page(var page) = try await call.result(on: base) else { return nil }
                page.entities = Array(page.entities.dropFirst())
                return .page(page)
            },
            // Looks its place up instead of comparing with it.
            defect("scan-needs-after-to-exist", caughtBy: "scan.resumes-after-a-deleted-identifier")
            { base, call throws(StorageError) in
                guard case .scan(let id?, _) = call else { return nil }
                return try await base.get(id) == nil ? .page(Page(entities: [], next: nil)) : nil
            },
            // Takes a full page for the last when it happens to end there.
            defect("scan-ends-on-a-full-page", caughtBy: "scan.full-page-has-a-next") {
                base, call throws(StorageError) in
                guard case .scan = call else { return nil }
                guard case .page(var page) = try await call.result(on: base) else { return nil }
                guard let next = page.next else { return nil }
                let rest = try await base.scan(after: next, limit: 1)
                if rest.entities.isEmpty { page.next = nil }
                return .page(page)
            },
            // Nothing to scan is no error.
            defect("scan-of-nothing-throws", caughtBy: "scan.empty-store") {
                base, call throws(StorageError) in
                guard case .scan(nil, _) = call else { return nil }
                guard try await base.scan(after: nil, limit: 1).entities.isEmpty else { return nil }
                throw StorageError(code: .notFound, message: "no entities", operation: "scan")
            },
        ]
    }
}
