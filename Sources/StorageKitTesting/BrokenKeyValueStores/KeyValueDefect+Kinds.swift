import StorageKit
import Synchronization

extension KeyValueDefect {
    static var kindDefects: [Self] {
        [
            // Every kind in a table of its own.
            overwriting(
                "sorted-sets-replace-lists", caughtBy: "kinds.every-operation-on-every-other"
            ) { if case .sortedSet(let key, .add) = $0 { key } else { nil } },
            hiding(
                .wrongType, "set-refuses-nothing-and-does-nothing",
                caughtBy: "kinds.of-several-keys"
            ) { if case .combineSets = $0 { .elements([]) } else { nil } },
            answering("exists-looks-at-values", caughtBy: "kinds.every-kind-is-a-key") {
                model, operation throws(StorageError) in
                guard case .exists(let key) = operation else { return nil }
                return .flag(try await model.get([key]) != [nil])
            },
            answering("if-absent-looks-at-values", caughtBy: "kinds.conditions-look-at-every-kind")
            {
                model, operation throws(StorageError) in
                guard case .setIf(.absent, let key, let value, let expiration) = operation,
                    try await model.get([key]) == [nil]
                else { return nil }
                _ = try await model.reply(to: .set(key, value, expiration))
                return .flag(true)
            },
            stateful("emptied-keys-keep-their-kind", caughtBy: "kinds.emptied-keys-are-free") {
                let emptied = Mutex<Set<ByteString>>([])
                return { model, operation throws(StorageError) in
                    switch operation {
                    case .hash(let key, .delete):
                        emptied.withLock { _ = $0.insert(key) }
                        return nil
                    case .list(let key, .push), .memberSet(let key, .add):
                        guard emptied.withLock({ $0.contains(key) }) else { return nil }
                        throw StorageError(code: .wrongType, message: "it was a hash")
                    default: return nil
                    }
                }
            },
            // A mistake of one operation with one kind among many.
            answering("if-present-sees-no-lists", caughtBy: "kinds.random-sequences") {
                model, operation throws(StorageError) in
                guard case .setIf(.present, let key, _, _) = operation,
                    ((try? await model.listCount(key)) ?? 0) > 0
                else { return nil }
                return .flag(false)
            },
            doing("expire-for-values-only", caughtBy: "kinds-expiry.every-kind-expires") {
                if case .persist(let key) = $0 { .exists(key) } else { nil }
            },
            answering("changes-remove-the-expiry", caughtBy: "kinds-expiry.changes-keep-it") {
                model, operation throws(StorageError) in
                switch operation {
                case .increment(let key, _), .hash(let key, .set), .memberSet(let key, .add):
                    let reply = try await model.reply(to: operation)
                    try await model.persist(key)
                    return reply
                default: return nil
                }
            },
            stateful("emptied-keeps-the-expiry", caughtBy: "kinds-expiry.emptied-forgets-it") {
                let times = Mutex<[ByteString: Duration]>([:])
                return { model, operation throws(StorageError) in
                    switch operation {
                    case .expire(let key, let time): times.withLock { $0[key] = time }
                    case .list(let key, .push):
                        let isNew = try await !model.exists(key)
                        let reply = try await model.reply(to: operation)
                        if isNew, let time = times.withLock({ $0[key] }) {
                            try await model.expire(key, after: time)
                        }
                        return reply
                    default: break
                    }
                    return nil
                }
            },
            answering("moves-take-the-expiry-along", caughtBy: "kinds-expiry.moves-keep-it") {
                model, operation throws(StorageError) in
                guard case .listMove(let source, _, let target, _) = operation,
                    case .remaining(let time) = try await model.timeToLive(of: source)
                else { return nil }
                let reply = try await model.reply(to: operation)
                try await model.expire(target, after: time)
                return reply
            },
            stateful("expired-sets-are-counted", caughtBy: "kinds-expiry.expired-is-absent") {
                let counts = Mutex<[ByteString: Int64]>([:])
                return { _, operation throws(StorageError) in
                    switch operation {
                    case .memberSet(let key, .add(let members)):
                        counts.withLock { $0[key, default: 0] += Int64(members.count) }
                        return nil
                    case .memberSet(let key, .count):
                        return counts.withLock { $0[key].map { .integer($0) } }
                    default: return nil
                    }
                }
            },
            answering(
                "refused-get-sets-the-expiry",
                caughtBy: "kinds-expiry.get-and-exchange-refuse-others"
            ) { model, operation throws(StorageError) in
                guard case .getAndExpire(let key, .after(let time)) = operation else { return nil }
                try await model.expire(key, after: time)
                return nil
            },
        ]
    }
}
