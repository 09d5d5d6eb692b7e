import StorageKit

/// Cache-aside as most programs have it: look in the cache, else read and store; write and delete.
///
/// Every line of it looks right, and it has the hole that `--race` shows: between the read of the
/// database and the store somebody can write *and* delete, and what is stored then is old.
struct NaiveCacheAside<Primary: Repository, Store: ExpiringKeyValueStore>: Sendable
where Primary.Entity == Todo, Primary.ID == Int {
    let database: Primary
    let store: Store

    func get(_ id: Int) async throws(StorageError) -> Todo? {
        let cache = store.typed(as: Todo.self)
        if let todo = try await cache.get("todo:\(id)") { return todo }
        guard let todo = try await database.get(id) else { return nil }
        try await cache.set("todo:\(id)", to: todo, expires: .after(.seconds(60)))
        return todo
    }

    func replace(_ todo: Todo) async throws(StorageError) {
        try await database.replace(todo)
        try await store.delete("todo:\(todo.id)")
    }
}
