import StorageKit

extension RepositoryLaws {
    static func scanCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [scanEmpty(), scanTotal(), scanStable(), scanAfter(), scanAfterAbsent(), scanFullLast()]
    }

    private static func scanEmpty<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.empty-store",
            "A scan of an empty store is a page without entities and without a next."
        ) { scene in
            let expected = Page<H.Subject.Entity, H.Subject.ID>(entities: [], next: nil)
            let first = try await scene.store.scan(after: nil, limit: 1)
            try scene.context.expectEqual(first, expected, "the first page")
            let later = try await scene.store.scan(after: scene.id(0), limit: 1)
            try scene.context.expectEqual(later, expected, "a page after an absent identifier")
        }
    }

    private static func scanTotal<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.visits-everything-in-one-order",
            "Following next visits every entity exactly once, in the same order whatever the size "
                + "of the pages."
        ) { scene in
            let order = try await scene.scanOrder(of: 0..<24)
            try await scene.fill((0..<24).shuffled(with: scene.context))
            for limit in [1, 2, 5, 8, 23, 24, 25] {
                let seen = try await scene.walk(limit: limit).map(\.id)
                try scene.context.expectEqual(seen, order, "a scan in pages of \(limit)")
            }
        }
    }

    private static func scanStable<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.order-never-changes",
            "The order of a scan is one of identifiers alone: neither the order of the writes nor "
                + "replacing, upserting or re-inserting an entity moves it."
        ) { scene in
            let order = try await scene.scanOrder(of: 0..<12)
            try await scene.fill((0..<12).reversed())
            try await expectOrder(order, scene, "after inserts in another order")
            try await scene.store.replace(scene.entity(3, 1))
            try await scene.store.upsert(scene.entity(7, 1))
            try await expectOrder(order, scene, "after a replace and an upsert")
            try await scene.store.delete(scene.id(5))
            try await expectOrder(order.filter { $0 != scene.id(5) }, scene, "after a delete")
            try await scene.store.insert(scene.entity(5, 2))
            try await expectOrder(order, scene, "after it was inserted again")
        }
    }

    private static func scanAfter<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.starts-after-the-identifier",
            "scan returns the next entities, those whose identifiers come after the given one, "
                + "without it."
        ) { scene in
            try await scene.fill(0..<10)
            let order = try await scene.scanOrder(of: 0..<10)
            for (place, id) in order.enumerated() {
                let seen = try await scene.walk(after: id, limit: 3).map(\.id)
                let expected = Array(order[(place + 1)...])
                try scene.context.expectEqual(seen, expected, "a scan after \(id)")
            }
        }
    }

    private static func scanAfterAbsent<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.resumes-after-a-deleted-identifier",
            "scan goes on after an identifier that does not exist, any more or yet."
        ) { scene in
            let order = try await scene.scanOrder(of: 0..<9)
            try await scene.fill(0..<9)
            for place in stride(from: 1, to: 9, by: 2) {
                try await scene.store.delete(order[place])
            }
            for place in order.indices {
                let seen = try await scene.walk(after: order[place], limit: 2).map(\.id)
                let rest = order.indices.filter { $0 > place && $0.isMultiple(of: 2) }
                let expected = rest.map { order[$0] }
                try scene.context.expectEqual(seen, expected, "a scan after \(order[place])")
            }
        }
    }

    private static func scanFullLast<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "scan.full-page-has-a-next",
            "A full page always has a next, and so the last page of a scan can be empty."
        ) { scene in
            let limit = scene.pageSize(4)
            try await scene.fill(0..<limit)
            let page = try await scene.store.scan(after: nil, limit: limit)
            guard page.entities.count == limit else {
                throw ConformanceNotApplicable("the store returned less than the page could hold")
            }
            try scene.context.expect(
                page.next != nil, "a next after a full page", seen: "next is nil")
            let rest = try await scene.walk(after: page.next, limit: limit)
            try scene.context.expectEqual(rest, [], "what follows the last entity")
        }
    }

    private static func expectOrder<H: RepositoryHarness>(
        _ order: [H.Subject.ID], _ scene: RepositoryScene<H>, _ when: String
    ) async throws {
        let seen = try await scene.walk(limit: 5).map(\.id)
        try scene.context.expectEqual(seen, order, "the order of a scan \(when)")
    }
}

extension Sequence {
    /// The elements in an order that depends on the seed alone.
    func shuffled(with context: ConformanceContext) -> [Element] {
        var generator = context.makeGenerator()
        return shuffled(using: &generator)
    }
}
