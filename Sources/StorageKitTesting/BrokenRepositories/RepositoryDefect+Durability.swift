import StorageKit
import Synchronization

extension RepositoryDefect {
    static var durabilityDefects: [Self] {
        [
            // A buffer that overflows now and then.
            stateful("loses-one-write-in-a-hundred", caughtBy: "consistency.read-your-writes") {
                let writes = Mutex(0)
                return { _, call throws(StorageError) in
                    guard call.writtenID != nil else { return nil }
                    let number = writes.withLock { writes in
                        writes += 1
                        return writes
                    }
                    return number.isMultiple(of: 100) ? .done : nil
                }
            },
            // A replica that lags one write behind.
            stateful("reads-are-one-write-behind", caughtBy: "consistency.read-your-writes") {
                let late = Mutex<Call?>(nil)
                return { base, call throws(StorageError) in
                    guard case .upsert = call else { return nil }
                    let previous = late.withLock { late in
                        defer { late = call }
                        return late
                    }
                    _ = try await previous?.result(on: base)
                    return .done
                }
            },
            // A cache that is never told of a write.
            stateful("reads-are-cached-for-ever", caughtBy: "model.random-sequences") {
                let cache = Mutex<[Base.ID: Base.Entity]>([:])
                return { base, call throws(StorageError) in
                    guard case .get(let id) = call else { return nil }
                    if let hit = cache.withLock({ $0[id] }) { return .entity(hit) }
                    let entity = try await base.get(id)
                    cache.withLock { $0[id] = entity }
                    return .entity(entity)
                }
            },
        ]
    }
}
