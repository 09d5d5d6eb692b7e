import StorageKit
import Synchronization

extension CacheDefect {
    static var publicationDefects: [CacheDefect] {
        [
            Self("ticket-can-be-used-again", caughtBy: "publish.ticket-is-single-use") {
                $0.publish = { model, fills in
                    let stored = model.publish(fills)
                    let used = fills.filter { fill in
                        !stored.contains(fill.key)
                            && model.state.withLock { $0.records[fill.key]?.held != nil }
                    }
                    return stored.union(model.fillWithoutTicket(used))
                }
            },
            Self("fill-without-ticket", caughtBy: "publish.rejected-after-invalidation") {
                $0.publish = { model, fills in model.fillWithoutTicket(fills) }
            },
            Self("ticket-for-each-client", caughtBy: "publish.rejected-beside-a-later-load") {
                $0.publish = { model, fills in
                    model.publish(
                        fills.map { fill in
                            var fill = fill
                            let load = model.state.withLock { $0.records[fill.key]?.load }
                            fill.ticket = load?.number ?? fill.ticket
                            return fill
                        })
                }
            },
            Self("refresh-needs-only-an-entry", caughtBy: "publish.refresh-is-rejected") {
                $0.publish = { model, fills in
                    let refreshes = fills.filter { fill in
                        model.state.withLock { $0.records[fill.key]?.held != nil }
                    }
                    let rest = fills.filter { fill in !refreshes.contains { $0.key == fill.key } }
                    return model.publish(rest).union(model.fillWithoutTicket(refreshes))
                }
            },
            Self("publish-says-all-were-stored", caughtBy: "publish.many-stores-those-that-count") {
                $0.publish = { model, fills in
                    let stored = model.publish(fills)
                    return stored.isEmpty ? [] : Set(fills.map(\.key))
                }
            },
            Self("older-version-wins", caughtBy: "publish.older-version-does-not-replace") {
                $0.publish = { model, fills in
                    model.state.withLock { state in
                        for fill in fills { state.records[fill.key]?.held?.entry.version = nil }
                    }
                    return model.publish(fills)
                }
            },
            Self("no-time-is-for-ever", caughtBy: "publish.without-time-is-no-hit") {
                $0.publish = { model, fills in model.publish(fills.map(withoutEmptyTime)) }
            },
            Self("bound-is-ignored", caughtBy: "bound.is-kept") {
                $0.publish = { model, fills in
                    let before = model.state.withLock { $0.records }
                    let stored = model.publish(fills)
                    model.state.withLock { state in
                        for (key, record) in before where state.records[key]?.held == nil {
                            state.records[key]?.held = record.held
                        }
                    }
                    return stored
                }
            },
        ]
    }

    private static func withoutEmptyTime(
        _ fill: CacheMisbehaviour.Fill
    ) -> CacheMisbehaviour.Fill {
        var fill = fill
        if let time = fill.entry.timeToLive, time <= .zero { fill.entry.timeToLive = nil }
        return fill
    }
}

extension ModelCache {
    /// Stores what nobody registered.
    func fillWithoutTicket(_ fills: [CacheFill<Int, Specimen, Int>]) -> Set<Int> {
        for fill in fills { state.withLock { $0.hold(fill.entry, under: fill.key, now) } }
        return Set(fills.map(\.key))
    }
}
