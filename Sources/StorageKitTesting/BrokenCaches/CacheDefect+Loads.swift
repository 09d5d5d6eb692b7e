import StorageKit
import Synchronization

extension CacheDefect {
    static var loadDefects: [CacheDefect] {
        [
            Self("load-pushes-out-another", caughtBy: "load.one-for-each-key") {
                $0.beginLoads = { model, keys, demanded in
                    model.state.withLock { for key in keys { $0.records[key]?.load = nil } }
                    return model.beginLoads(keys, unlessFreshFor: demanded)
                }
            },
            Self("load-does-not-look-again", caughtBy: "load.hit-instead") {
                $0.beginLoads = { model, keys, _ in model.beginLoads(keys, unlessFreshFor: nil) }
            },
            Self("load-forgets-one", caughtBy: "load.answers-every-key") {
                $0.beginLoads = { model, keys, demanded in
                    let some = keys.count > 1 ? Array(keys.dropFirst(2)) : keys
                    return model.beginLoads(some, unlessFreshFor: demanded)
                }
            },
            Self("load-stays-when-published", caughtBy: "load.ends-by-publishing") {
                $0.publish = { model, fills in
                    let loads = model.state.withLock { state in
                        fills.map { (key: $0.key, load: state.records[$0.key]?.load) }
                    }
                    let stored = model.publish(fills)
                    model.state.withLock { state in
                        for (key, load) in loads { state.records[key]?.load = load }
                    }
                    return stored
                }
            },
            Self("abandon-does-nothing", caughtBy: "load.ends-by-abandoning") {
                $0.abandonLoads = { _, _ in }
            },
            Self("abandon-ends-any-load", caughtBy: "load.old-ticket-ends-nothing") {
                $0.abandonLoads = { model, tickets in
                    model.state.withLock { for key in tickets.keys { $0.records[key]?.load = nil } }
                }
            },
            Self("lease-never-ends", caughtBy: "load.lease-ends") {
                $0.beginLoads = { model, keys, demanded in
                    let lookups = model.beginLoads(keys, unlessFreshFor: demanded)
                    model.state.withLock { state in
                        for key in keys { state.records[key]?.load?.end = .seconds(1_000_000) }
                    }
                    return lookups
                }
            },
            Self("waiter-is-forgotten", caughtBy: "load.wait-ends") {
                $0.loadEnded = { _, _ in
                    await Gate().pass()
                    return false
                }
            },
            Self("waiter-ignores-cancellation", caughtBy: "load.wait-is-cancelled") {
                $0.loadEnded = { _, _ in
                    await Task { await Gate().pass() }.value
                    return false
                }
            },
            Self("any-entry-is-fresh", caughtBy: "fresh.as-demanded") {
                $0.beginLoads = { model, keys, demanded in
                    model.beginLoads(keys, unlessFreshFor: demanded == nil ? nil : .zero)
                }
            },
            Self("stale-entry-is-dropped", caughtBy: "fresh.stale-stays") {
                $0.get = { model, key in
                    let entry = model.get(key)
                    return entry?.isStale ?? false ? nil : entry
                }
            },
            Self("life-is-not-freshness", caughtBy: "fresh.as-long-as-it-lives") {
                $0.beginLoads = { model, keys, demanded in
                    let isPlain = keys.allSatisfy { key in
                        model.state.withLock { $0.records[key]?.held?.freshUntil == nil }
                    }
                    let demanded = isPlain && demanded != nil ? .zero : demanded
                    return model.beginLoads(keys, unlessFreshFor: demanded)
                }
            },
            Self("refresh-is-lost", caughtBy: "fresh.refresh-replaces") {
                $0.publish = { model, fills in
                    let fresh = fills.filter { fill in
                        model.state.withLock { $0.records[fill.key]?.held == nil }
                    }
                    _ = model.publish(fresh)
                    return Set(fills.map(\.key))
                }
            },
        ]
    }
}
