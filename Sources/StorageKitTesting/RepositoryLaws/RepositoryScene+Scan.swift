import StorageKit

extension RepositoryScene {
    /// Follows `next` to the end and returns what the pages held.
    ///
    /// Checked on the way: no page is larger than asked for, a full page has a `next`, and the walk
    /// ends (a store that goes round in circles would hold a test for ever).
    ///
    /// - Parameters:
    ///   - start: Where to begin; `nil` for the first page.
    ///   - limit: The size of the pages, cut down to what the store allows.
    ///   - meanwhile: What happens after each page.
    func walk(
        after start: ID? = nil, limit: Int, meanwhile: () async throws -> Void = {}
    ) async throws -> [Entity] {
        let limit = pageSize(limit)
        var entities: [Entity] = []
        var after = start
        for _ in 0..<Self.maximumPages {
            let page = try await store.scan(after: after, limit: limit)
            try check(page, limit: limit)
            entities += page.entities
            guard let next = page.next else { return entities }
            after = next
            try await meanwhile()
        }
        throw ConformanceFailure(
            expected: "a scan in pages of \(limit) to end",
            seen: "\(Self.maximumPages) pages with \(entities.count) entities and no end")
    }

    /// More than any law's scan has.
    private static var maximumPages: Int { 1000 }

    private func check(_ page: Page<Entity, ID>, limit: Int) throws {
        try context.expect(
            page.entities.count <= limit, "a page of \(limit) entities at the most",
            seen: "\(page.entities.count) entities")
        try context.expect(
            page.entities.count < limit || page.next != nil, "a full page to have a next",
            seen: "next is nil after \(limit) entities of a page of \(limit)")
    }

    /// The identifiers of some numbers in the order in which this store scans them.
    ///
    /// The contract leaves the order to the store, so the laws learn it before they rely on it.
    func scanOrder(of numbers: some Collection<Int>) async throws -> [ID] {
        try await withAnotherScene { scene in
            try await scene.fill(numbers)
            let order = try await scene.walk(limit: .max).map(\.id)
            try context.expectEqual(
                order.count, numbers.count, "the number of entities in a scan of all")
            try context.expectEqual(
                Set(order), Set(numbers.map(id)), "the identifiers in a scan of all")
            return order
        }
    }
}
