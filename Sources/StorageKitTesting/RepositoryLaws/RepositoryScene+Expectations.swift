import StorageKit

extension RepositoryScene {
    /// Expects `get` to find a revision of a number, or nothing.
    func expect(_ number: Int, is revision: Int?, _ when: String) async throws {
        let seen = try await store.get(id(number))
        let expected = revision.map { entity(number, $0) }
        try context.expectEqual(seen, expected, "get(\(id(number))) \(when)")
    }

    /// Expects the store to hold these numbers in these revisions and nothing else.
    ///
    /// It asks in all three ways, which must agree: `get` of several, `get` of each, and `scan`.
    func expectContents(_ revisions: [Int: Int], _ when: String) async throws {
        let expected = Dictionary(
            uniqueKeysWithValues: revisions.map { (id($0), entity($0, $1)) })
        let scanned = try await walk(limit: 7)
        try context.expectEqual(
            scanned.count, expected.count, "the number of entities in a scan \(when)")
        try context.expectEqual(byID(scanned), expected, "the entities in a scan \(when)")
        let found = try await getAll(Array(expected.keys))
        try context.expectEqual(found, expected, "the entities in a get of all \(when)")
        for (number, revision) in revisions.sorted(by: <) {
            try await expect(number, is: revision, when)
        }
    }

    /// `get` of any number of identifiers, in batches the store allows.
    func getAll(_ ids: [ID]) async throws -> [ID: Entity] {
        let batch = store.limits.maximumBatchSize
        var found: [ID: Entity] = [:]
        var rest = ids[...]
        while !rest.isEmpty {
            for (id, entity) in try await store.get(Array(rest.prefix(batch))) {
                found[id] = entity
            }
            rest = rest.dropFirst(batch)
        }
        return found
    }

    private func byID(_ entities: [Entity]) -> [ID: Entity] {
        Dictionary(entities.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    }
}
