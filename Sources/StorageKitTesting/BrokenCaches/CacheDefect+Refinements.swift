import StorageKit
import Synchronization

extension CacheDefect {
    static var tagDefects: [CacheDefect] {
        [
            Self("tags-are-ignored", caughtBy: "tags.remove-carriers") {
                $0.invalidateTags = { model, _ in model.coordinator.detachAllLoads() }
            },
            Self("tags-clear-everything", caughtBy: "tags.remove-carriers") {
                $0.invalidateTags = { model, _ in model.removeAll() }
            },
            Self("tag-forgotten-by-loads", caughtBy: "tags.reject-loads-under-way") {
                $0.invalidateTags = { model, tags in
                    model.invalidate(tags: tags)
                    model.state.withLock { $0.cleared = [:] }
                }
            },
            Self("tag-forgotten-by-refreshes", caughtBy: "tags.reject-refreshes-under-way") {
                $0.invalidateTags = { model, tags in
                    model.invalidate(tags: tags)
                    model.state.withLock { $0.cleared = [:] }
                }
            },
            Self("tag-is-cleared-for-ever", caughtBy: "tags.can-be-used-again") {
                $0.invalidateTags = { model, tags in
                    model.invalidate(tags: tags)
                    model.state.withLock { state in
                        for tag in tags { state.cleared[tag] = .max }
                    }
                }
            },
            Self("tags-pile-up", caughtBy: "tags.are-those-of-the-newest-entry") {
                $0.publish = { model, fills in
                    model.publish(
                        fills.map { fill in
                            var fill = fill
                            let held = model.state.withLock { $0.records[fill.key]?.held }
                            fill.entry.tags.formUnion(held?.entry.tags ?? [])
                            return fill
                        })
                }
            },
            Self("tags-do-not-detach", caughtBy: "tags.detach") {
                $0.invalidateTags = { model, tags in
                    model.state.withLock { $0.invalidate(tags: tags) }
                }
            },
        ]
    }

    static var barrierDefects: [CacheDefect] {
        [
            Self("barrier-serves", caughtBy: "barrier.holds-empty") {
                $0.beginLoads = { model, keys, demanded in
                    model.state.withLock { for key in keys { $0.records[key]?.writers = [:] } }
                    return model.beginLoads(keys, unlessFreshFor: demanded)
                }
            },
            Self("barrier-leaves-loads", caughtBy: "barrier.tears-loads") {
                $0.beginWrites = { model, keys, duration in
                    let loads = model.state.withLock { state in
                        keys.map { ($0, state.records[$0]?.load) }
                    }
                    let barriers = model.beginWrites(keys, lasting: duration)
                    for (key, load) in loads {
                        model.state.withLock { $0.records[key]?.load = load }
                    }
                    return barriers
                }
            },
            Self("barrier-never-ends", caughtBy: "barrier.ends") { $0.endWrites = { _, _ in } },
            Self("barrier-leaves-nothing", caughtBy: "barrier.leaves-its-entry") {
                $0.endWrites = { model, ends in
                    model.endWrites(ends.map { .init(key: $0.key, barrier: $0.barrier) })
                }
            },
            Self("first-writer-ends-all", caughtBy: "barrier.ends-with-the-last-writer") {
                $0.endWrites = { model, ends in
                    model.endWrites(ends)
                    model.state.withLock { state in
                        for end in ends { state.records[end.key]?.writers = [:] }
                    }
                }
            },
            Self("contended-publishes", caughtBy: "barrier.contended-leaves-nothing") {
                $0.endWrites = { model, ends in
                    model.state.withLock { state in
                        for end in ends { state.records[end.key]?.isContended = false }
                    }
                    model.endWrites(ends)
                }
            },
            Self("invalidation-ends-barriers", caughtBy: "barrier.survives-invalidation") {
                $0.invalidate = { model, keys in
                    model.invalidate(keys)
                    model.state.withLock { for key in keys { $0.records[key]?.writers = [:] } }
                }
            },
            Self("barrier-outlives-its-writer", caughtBy: "barrier.ends-by-itself") {
                $0.beginWrites = { model, keys, _ in
                    model.beginWrites(keys, lasting: .seconds(100_000))
                }
            },
            Self("late-end-does-nothing", caughtBy: "barrier.late-end-clears") {
                $0.endWrites = { model, ends in
                    model.endWrites(
                        ends.filter { end in
                            let writers = model.state.withLock {
                                $0.record(end.key, model.now).writers
                            }
                            return writers[end.barrier] != nil
                        })
                }
            },
            Self("any-end-ends-the-barrier", caughtBy: "barrier.ends-its-own") {
                $0.endWrites = { model, ends in
                    model.endWrites(
                        ends.map { end in
                            var end = end
                            let writers = model.state.withLock { $0.records[end.key]?.writers }
                            end.barrier = writers?.keys.first ?? end.barrier
                            return end
                        })
                }
            },
            Self("barrier-does-not-detach", caughtBy: "barrier.detaches") {
                $0.beginWrites = { model, keys, duration in
                    var barriers: [Int: Int] = [:]
                    for key in keys {
                        barriers[key] = model.state.withLock {
                            $0.beginWrite(key, lasting: duration, model.now)
                        }
                    }
                    return barriers
                }
                $0.endWrites = { model, ends in
                    for end in ends { model.state.withLock { $0.endWrite(end, model.now) } }
                }
            },
            Self("barrier-forgets-one", caughtBy: "barrier.of-many") {
                $0.beginWrites = { model, keys, duration in
                    model.beginWrites(
                        keys.count > 1 ? Array(keys.dropLast()) : keys, lasting: duration)
                }
            },
        ]
    }

    static var versionDefects: [CacheDefect] {
        [
            Self("older-write-replaces", caughtBy: "versions.newer-stays") {
                $0.recordWrites = { model, writes, duration in
                    model.invalidate(writes.map(\.key))
                    model.recordWrites(writes, refusingOlderFor: duration)
                }
            },
            Self("write-replaces-nothing", caughtBy: "versions.older-is-replaced") {
                $0.recordWrites = { model, writes, duration in
                    let bare = writes.map {
                        CacheWrite<Int, Specimen>(key: $0.key, version: $0.version)
                    }
                    model.recordWrites(bare, refusingOlderFor: duration)
                }
            },
            Self("write-puts-where-nothing-is", caughtBy: "versions.none-is-put") {
                $0.recordWrites = { model, writes, duration in
                    model.recordWrites(writes, refusingOlderFor: duration)
                    model.putRecorded(writes)
                }
            },
            Self("write-replaces-unversioned", caughtBy: "versions.unversioned-is-removed") {
                $0.recordWrites = { model, writes, duration in
                    let plain = writes.filter { write in
                        model.state.withLock { state in
                            state.records[write.key]?.held.map { $0.entry.version == nil } ?? false
                        }
                    }
                    model.recordWrites(writes, refusingOlderFor: duration)
                    model.putRecorded(plain)
                }
            },
            Self("write-leaves-loads", caughtBy: "versions.ends-loads") {
                $0.recordWrites = { model, writes, duration in
                    let loads = model.state.withLock { state in
                        writes.map { ($0.key, state.records[$0.key]?.load) }
                    }
                    model.recordWrites(writes, refusingOlderFor: duration)
                    for (key, load) in loads {
                        model.state.withLock { $0.records[key]?.load = load }
                    }
                }
            },
            Self("write-is-not-remembered", caughtBy: "versions.refuse-older-fills") {
                $0.recordWrites = { model, writes, _ in
                    model.recordWrites(writes, refusingOlderFor: .zero)
                }
            },
            Self("write-is-remembered-for-ever", caughtBy: "versions.refuse-for-the-time-given") {
                $0.recordWrites = { model, writes, _ in
                    model.recordWrites(writes, refusingOlderFor: .seconds(100_000))
                }
            },
            Self("write-is-remembered-unasked", caughtBy: "versions.refuse-nothing") {
                $0.recordWrites = { model, writes, duration in
                    model.recordWrites(writes, refusingOlderFor: max(duration, .seconds(1)))
                }
            },
            Self("latest-write-counts", caughtBy: "versions.newest-write-counts") {
                $0.recordWrites = { model, writes, duration in
                    model.state.withLock {
                        for write in writes { $0.records[write.key]?.floor = nil }
                    }
                    model.recordWrites(writes, refusingOlderFor: duration)
                }
            },
            Self("entry-takes-the-write-along", caughtBy: "versions.refuse-after-invalidation") {
                $0.invalidate = { model, keys in
                    model.forgetWrites { keys.contains($0) && $1.held != nil }
                    model.invalidate(keys)
                }
            },
            Self("clearing-takes-writes-along", caughtBy: "versions.refuse-after-clearing") {
                $0.removeAll = { model in
                    model.forgetWrites { _, _ in true }
                    model.removeAll()
                }
            },
            Self("write-does-not-detach", caughtBy: "versions.detach") {
                $0.recordWrites = { model, writes, duration in
                    for write in writes {
                        model.state.withLock {
                            $0.recordWrite(write, refusingOlderFor: duration, model.now)
                        }
                    }
                }
            },
            Self("write-forgets-one", caughtBy: "versions.of-many") {
                $0.recordWrites = { model, writes, duration in
                    let some = writes.count > 1 ? Array(writes.dropFirst()) : writes
                    model.recordWrites(some, refusingOlderFor: duration)
                }
            },
        ]
    }
}

extension ModelCache {
    /// Refuses nothing any more under some keys.
    fileprivate func forgetWrites(of isForgotten: (Int, ModelCacheState.Record) -> Bool) {
        state.withLock { state in
            for (key, record) in state.records where isForgotten(key, record) {
                state.records[key]?.floor = nil
            }
        }
    }

    /// Puts what writes have left, whatever is there.
    fileprivate func putRecorded(_ writes: [CacheWrite<Int, Specimen>]) {
        for write in writes {
            guard let entry = write.entry else { continue }
            state.withLock { $0.hold(entry, under: write.key, now) }
        }
    }
}
