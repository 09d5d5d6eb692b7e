import StorageKit

extension CachedRepository where Entity == Todo, ID == Int {
    /// Completes tasks, all or none of them, and lets no reader see an old one afterwards.
    func complete<Database: TodoDatabase>(_ ids: [Int]) async throws
    where Primary == TableRepository<Database, Todo> {
        try await withTransaction { todos, _ in
            for id in ids {
                guard var todo = try await todos.get(id) else { throw Missing(id: id) }
                todo.done = true
                try await todos.replace(todo)
            }
        }
    }
}

/// A task that was to be completed and is not there.
struct Missing: Error, Equatable {
    let id: Int
}

extension CachedRepository where Entity == Todo, CacheType: TaggedCache {
    /// Marks all open tasks of a range as done by one statement, and forgets every entry of an open
    /// task.
    func completeAll(
        _ ids: ClosedRange<Int>, in database: some RelationalStore
    ) async throws(StorageError) {
        let (first, last) = (ids.lowerBound, ids.upperBound)
        try await database.execute(
            "UPDATE todo SET done = \(true) WHERE id BETWEEN \(first) AND \(last)")
        try await invalidate(tags: ["open"])
    }
}
