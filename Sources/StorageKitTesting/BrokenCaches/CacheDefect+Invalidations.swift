import StorageKit
import Synchronization

extension CacheDefect {
    static var invalidationDefects: [CacheDefect] {
        [
            Self("invalidate-leaves-the-load", caughtBy: "publish.rejected-after-invalidation") {
                $0.invalidate = { model, keys in
                    for key in keys { model.state.withLock { $0.removeEntry(key) } }
                    model.coordinator.detachLoads(of: keys)
                }
            },
            Self("invalidate-leaves-the-entry", caughtBy: "invalidate.removes") {
                $0.invalidate = { model, keys in
                    model.state.withLock { for key in keys { $0.records[key]?.load = nil } }
                    model.coordinator.detachLoads(of: keys)
                }
            },
            Self("invalidate-forgets-one-of-many", caughtBy: "invalidate.removes-each-of-many") {
                $0.invalidate = { model, keys in
                    model.invalidate(keys.count > 1 ? Array(keys.dropLast()) : keys)
                }
            },
            Self("invalidate-closes-the-key", caughtBy: "invalidate.frees-the-key") {
                $0.invalidate = { model, keys in
                    model.invalidate(keys)
                    for key in keys { _ = model.beginLoads([key], unlessFreshFor: .zero) }
                }
            },
            Self("invalidate-does-not-detach", caughtBy: "invalidate.detaches") {
                $0.invalidate = { model, keys in
                    for key in keys { model.state.withLock { $0.invalidate(key) } }
                }
            },
            Self("detach-before-remove", caughtBy: "invalidate.removes-before-it-detaches") {
                $0.invalidate = { model, keys in
                    model.coordinator.detachLoads(of: keys)
                    for _ in 0..<3 { await Task.yield() }
                    for key in keys { model.state.withLock { $0.invalidate(key) } }
                }
            },
            Self("remove-all-forgets-one", caughtBy: "remove-all.removes") {
                $0.removeAll = { model in
                    model.state.withLock { state in
                        for key in state.records.keys where key != 5 { state.invalidate(key) }
                    }
                    model.coordinator.detachAllLoads()
                }
            },
            Self("remove-all-leaves-loads", caughtBy: "remove-all.frees") {
                $0.removeAll = { model in
                    model.state.withLock { state in
                        for key in state.records.keys { state.removeEntry(key) }
                    }
                    model.coordinator.detachAllLoads()
                }
            },
            Self("remove-all-does-not-detach", caughtBy: "remove-all.detaches") {
                $0.removeAll = { model in model.state.withLock { $0.removeAll() } }
            },
        ]
    }

    static var expiryDefects: [CacheDefect] {
        [
            Self("time-to-live-is-ignored", caughtBy: "expiry.absent-at-its-end") {
                $0.publish = { model, fills in model.publish(fills.map { $0.living(nil) }) }
            },
            Self("expires-a-moment-late", caughtBy: "expiry.absent-at-its-end") {
                $0.publish = { model, fills in
                    model.publish(
                        fills.map { fill in
                            fill.living(fill.entry.timeToLive.map { $0 + .nanoseconds(1) })
                        })
                }
            },
            Self("refresh-keeps-the-end", caughtBy: "expiry.refresh-gives-a-new-end") {
                $0.publish = { model, fills in
                    let held = model.state.withLock { state in
                        fills.map { ($0.key, state.records[$0.key]?.held) }
                    }
                    let stored = model.publish(fills)
                    for case (let key, let old?) in held {
                        model.state.withLock { $0.records[key]?.held?.end = old.end }
                    }
                    return stored
                }
            },
            Self("absence-is-for-ever", caughtBy: "expiry.of-an-absence") {
                $0.publish = { model, fills in
                    model.publish(fills.map { $0.entry.value == nil ? $0.living(nil) : $0 })
                }
            },
            Self("refresh-keeps-alive", caughtBy: "expiry.beside-a-refresh") {
                $0.beginLoads = { model, keys, demanded in
                    let lookups = model.beginLoads(keys, unlessFreshFor: demanded)
                    model.state.withLock { state in
                        for case (let key, .load) in lookups { state.records[key]?.held?.end = nil }
                    }
                    return lookups
                }
            },
        ]
    }

    static var overlapDefects: [CacheDefect] {
        [
            Self("registers-in-two-steps", caughtBy: "concurrency.one-load") {
                $0.beginLoads = { model, keys, demanded in
                    let busy = model.state.withLock { state in
                        keys.contains { state.records[$0]?.load != nil }
                    }
                    await Task.yield()
                    if !busy {
                        model.state.withLock { for key in keys { $0.records[key]?.load = nil } }
                    }
                    return model.beginLoads(keys, unlessFreshFor: demanded)
                }
            },
            Self("publishes-in-two-steps", caughtBy: "concurrency.one-publication") {
                $0.publish = { model, fills in
                    let good = fills.filter { fill in
                        model.state.withLock { $0.records[fill.key]?.load?.number == fill.ticket }
                    }
                    await Task.yield()
                    model.abandonLoads(
                        Dictionary(good.map { ($0.key, $0.ticket) }) { first, _ in first })
                    return model.fillWithoutTicket(good)
                }
            },
            Self("acknowledges-too-early", caughtBy: "concurrency.one-key-is-linearizable") {
                $0.invalidate = { model, keys in
                    Task {
                        for _ in 0..<3 { await Task.yield() }
                        model.invalidate(keys)
                    }
                }
            },
            Self("fills-whatever-comes", caughtBy: "concurrency.never-older") {
                $0.publish = { model, fills in
                    await Task.yield()
                    return model.fillWithoutTicket(fills)
                }
                $0.invalidate = { model, keys in
                    for key in keys { model.state.withLock { $0.removeEntry(key) } }
                }
            },
            Self("fourth-invalidation-is-lost", caughtBy: "model.random-sequences") {
                let calls = CallCount()
                $0.invalidate = { model, keys in
                    if calls.next() % 4 != 0 { model.invalidate(keys) }
                }
            },
            Self("cancelled-invalidation-is-dropped", caughtBy: "cancellation.of-an-invalidation") {
                $0.invalidate = { model, keys in
                    await Task.yield()
                    if !Task.isCancelled { model.invalidate(keys) }
                }
            },
            Self("cancelled-publication-says-yes", caughtBy: "cancellation.of-a-publication") {
                $0.publish = { model, fills in
                    await Task.yield()
                    return Task.isCancelled ? Set(fills.map(\.key)) : model.publish(fills)
                }
            },
            Self("cancelled-read-finds-nothing", caughtBy: "cancellation.of-a-read") {
                $0.get = { model, key in Task.isCancelled ? nil : model.get(key) }
            },
        ]
    }
}

extension CacheFill {
    fileprivate func living(_ time: Duration?) -> Self {
        var fill = self
        fill.entry.timeToLive = time
        return fill
    }
}
