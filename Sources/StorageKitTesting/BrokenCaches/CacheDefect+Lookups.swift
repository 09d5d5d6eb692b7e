import StorageKit

extension CacheDefect {
    static var lookupDefects: [CacheDefect] {
        [
            Self("get-finds-another-key", caughtBy: "get.nothing-at-first") {
                $0.get = { model, key in
                    model.get(key) ?? CacheEntry(Specimen(number: key, revision: 0))
                }
            },
            Self("get-mixes-keys", caughtBy: "get.finds-what-was-published") {
                $0.get = { model, key in model.get(key == 7 ? 8 : key) }
            },
            Self("batch-forgets-one", caughtBy: "get.many-finds-those-that-exist") {
                $0.getMany = { model, keys in model.get(Array(keys.dropFirst())) }
            },
            Self("absence-is-no-entry", caughtBy: "get.keeps-absence") {
                $0.get = { model, key in model.get(key).flatMap { $0.value == nil ? nil : $0 } }
            },
            Self("time-left-is-the-whole", caughtBy: "get.says-what-is-left") {
                $0.get = { model, key in
                    var entry = model.get(key)
                    entry?.timeToLive = .seconds(7200)
                    return entry
                }
            },
            Self("version-is-lost", caughtBy: "get.tells-the-version") {
                $0.get = { model, key in
                    var entry = model.get(key)
                    entry?.version = nil
                    return entry
                }
            },
            Self("counts-nothing", caughtBy: "statistics.count") {
                $0.statistics = { _ in CacheStatistics() }
            },
        ]
    }
}
