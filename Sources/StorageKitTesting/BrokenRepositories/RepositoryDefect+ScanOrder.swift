import StorageKit
import Synchronization

extension RepositoryDefect {
    static var orderDefects: [Self] {
        [
            // Takes any so many entities and sorts those: every page is in order, and some entities
            // are on none.
            defect("scan-limits-before-order", caughtBy: "scan.visits-everything-in-one-order") {
                base, call throws(StorageError) in
                guard case .scan(let id, let limit) = call else { return nil }
                try base.limits.checkPage(limit: limit)
                let all = try await everything(in: base, after: id)
                return .page(Page(Array(all.suffix(limit)), limit: limit))
            },
            // The order in which entities were last written: an update moves one to the end.
            stateful("scan-in-order-of-writing", caughtBy: "scan.order-never-changes") {
                let order = Mutex<[Base.ID]>([])
                return { base, call throws(StorageError) in
                    if let id = call.writtenID {
                        order.withLock { order in
                            order.removeAll { $0 == id }
                            order.append(id)
                        }
                    }
                    guard case .scan(let id, let limit) = call else { return nil }
                    try base.limits.checkPage(limit: limit)
                    let order = order.withLock { $0 }
                    let rest = order[(id.flatMap(order.firstIndex)?.advanced(by: 1) ?? 0)...]
                    return .page(try await page(of: rest, limit: limit, in: base))
                }
            },
            // Pages by offset: what is deleted or inserted further up shifts all that follows.
            stateful("scan-by-offset", caughtBy: "scan.visits-each-once-between-changes") {
                let offsets = Mutex<[Base.ID: Int]>([:])
                return { base, call throws(StorageError) in
                    guard case .scan(let id?, let limit) = call else { return nil }
                    let all = try await everything(in: base, after: nil)
                    let here = all.firstIndex { $0.id == id }
                    let offset = offsets.withLock { $0[id] } ?? here.map { $0 + 1 }
                    guard let offset else { return nil }
                    let page = Page(Array(all.dropFirst(offset).prefix(limit)), limit: limit)
                    if let next = page.next { offsets.withLock { $0[next] = offset + limit } }
                    return .page(page)
                }
            },
            // Reads the identifiers first and the entities later, page by page, and ends the scan
            // when one has gone in between.
            defect("scan-ends-at-a-gap", caughtBy: "scan.visits-each-once-amid-changes") {
                base, call throws(StorageError) in
                guard case .scan = call else { return nil }
                guard case .page(let page) = try await call.result(on: base) else { return nil }
                await pause()
                for (place, entity) in page.entities.enumerated()
                where try await base.get(entity.id) == nil {
                    return .page(Page(entities: Array(page.entities[..<place]), next: nil))
                }
                return .page(page)
            },
        ]
    }

    private static func everything(
        in base: Base, after start: Base.ID?
    ) async throws(StorageError) -> [Base.Entity] {
        var entities: [Base.Entity] = []
        var after = start
        repeat {
            let page = try await base.scan(after: after, limit: base.limits.maximumPageSize)
            entities += page.entities
            after = page.next
        } while after != nil
        return entities
    }

    private static func page(
        of ids: ArraySlice<Base.ID>, limit: Int, in base: Base
    ) async throws(StorageError) -> Page<Base.Entity, Base.ID> {
        var entities: [Base.Entity] = []
        for id in ids where entities.count < limit {
            if let entity = try await base.get(id) { entities.append(entity) }
        }
        return Page(entities, limit: limit)
    }
}

extension RepositoryCall {
    /// The identifier of the entity that the call writes.
    var writtenID: ID? {
        switch self {
        case .insert(let entity), .replace(let entity), .upsert(let entity): entity.id
        case .get, .getMany, .delete, .scan: nil
        }
    }
}
