import StorageKit
import Synchronization

extension KeyValueDefect {
    static var expiryDefects: [Self] {
        [
            expiring("time-to-live-ignored", caughtBy: "expiry.vanishes-in-time") {
                if case .after = $0 { .never } else { $0 }
            },
            expiring("milliseconds-for-seconds", caughtBy: "expiry.stays-until-its-time") {
                if case .after(let time) = $0, time > .seconds(1) {
                    .after(time / 100_000)
                } else {
                    $0
                }
            },
            expiring("set-keeps-the-expiry", caughtBy: "expiry.set-removes-it") {
                $0 == .never ? .unchanged : $0
            },
            answering("set-never-keeps-seconds", caughtBy: "expiry.never-stays") {
                model, operation throws(StorageError) in
                guard case .set(let key, let value, .never) = operation else { return nil }
                return try await model.reply(to: .set(key, value, .unchanged))
            },
            answering("first-expiry-wins", caughtBy: "expiry.set-replaces-it") {
                model, operation throws(StorageError) in
                guard case .set(let key, let value, .after) = operation,
                    case .remaining = try await model.timeToLive(of: key)
                else { return nil }
                return try await model.reply(to: .set(key, value, .unchanged))
            },
            expiring("unchanged-is-never", caughtBy: "expiry.unchanged-keeps-it") {
                $0 == .unchanged ? .never : $0
            },
            saying("absent-keys-live-for-ever", caughtBy: "expiry.time-to-live-says") { _, reply in
                reply == .timeToLive(.absent) ? .timeToLive(.unlimited) : nil
            },
            // `EXPIRE … NX`.
            answering("expire-only-once", caughtBy: "expiry.expire-sets-it") {
                model, operation throws(StorageError) in
                guard case .expire(let key, _) = operation,
                    case .remaining = try await model.timeToLive(of: key)
                else { return nil }
                return .flag(true)
            },
            answering("expire-makes-a-key", caughtBy: "expiry.expire-says-when-there-is-none") {
                model, operation throws(StorageError) in
                guard case .expire(let key, let time) = operation,
                    try await !model.exists(key)
                else { return nil }
                return try await model.reply(to: .set(key, "", .after(time))) == .done
                    ? .flag(false) : nil
            },
            answering("persist-does-nothing", caughtBy: "expiry.persist-keeps") {
                model, operation throws(StorageError) in
                guard case .persist(let key) = operation,
                    case .remaining = try await model.timeToLive(of: key)
                else { return nil }
                return .flag(true)
            },
            answering("persist-says-that-it-exists", caughtBy: "expiry.persist-says") {
                model, operation throws(StorageError) in
                guard case .persist(let key) = operation else { return nil }
                _ = try await model.reply(to: operation)
                return .flag(try await model.exists(key))
            },
            doing("get-and-expire-gets", caughtBy: "expiry.get-and-expire") {
                if case .getAndExpire(let key, _) = $0 { .get(key) } else { nil }
            },
            answering("get-and-expire-writes", caughtBy: "expiry.get-and-expire-of-absent") {
                model, operation throws(StorageError) in
                guard case .getAndExpire(let key, let expiration) = operation else { return nil }
                let value = try await model.get(key)
                _ = try await model.reply(to: .set(key, value ?? "", expiration))
                return .value(value)
            },
            stateful("expired-keys-are-scanned", caughtBy: "expiry.expired-is-absent") {
                let written = Mutex<Set<ByteString>>([])
                return { model, operation throws(StorageError) in
                    switch operation {
                    case .set(let key, _, .after): written.withLock { _ = $0.insert(key) }
                    case .delete(let keys): written.withLock { $0.subtract(keys) }
                    case .scan(let prefix, nil, _):
                        guard
                            case .elementPage(var page) = try await model.reply(to: operation)
                        else { return nil }
                        page.elements += written.withLock { $0.filter { $0.hasPrefix(prefix) } }
                        return .elementPage(page)
                    default: break
                    }
                    return nil
                }
            },
            remembering("expiry-outlives-the-key", caughtBy: "expiry.written-again-stays"),
            // Zero and less as `EXPIRE` takes them: gone at once.
            answering("zero-deletes", caughtBy: "expiry.refuses-zero") {
                model, operation throws(StorageError) in
                switch operation {
                case .expire(let key, let time) where time <= .zero:
                    return .flag(try await model.delete(key))
                case .set(let key, _, .after(let time)) where time <= .zero:
                    try await model.delete(key)
                    return .done
                default: return nil
                }
            },
            expiring("rounded-down-to-never", caughtBy: "expiry.rounds-up") {
                if case .after(let time) = $0, time > .zero, time < .milliseconds(1) {
                    .never
                } else {
                    $0
                }
            },
            refusing("longest-time-refused", caughtBy: "expiry.at-the-limit", with: .limitExceeded)
            { model, operation in
                guard case .set(_, _, .after(let time)) = operation else { return false }
                return time >= model.limits.maximumTimeToLive
            },
            answering("longer-times-are-cut", caughtBy: "expiry.past-the-limit") {
                model, operation throws(StorageError) in
                let most = model.limits.maximumTimeToLive
                let cut = operation.mapExpiration {
                    if case .after(let time) = $0 { .after(min(time, most)) } else { $0 }
                }
                guard let cut, cut != operation else { return nil }
                return try await model.reply(to: cut)
            },
            doing("exact-one-step-late", caughtBy: "exact-expiry.vanishes-at-the-moment") {
                guard case .set(let key, let value, .after(let time)) = $0 else { return nil }
                return .set(key, value, .after(time + .milliseconds(1)))
            },
            stateful("time-to-live-stands-still", caughtBy: "exact-expiry.time-to-live-counts-down")
            {
                let first = Mutex<Reply?>(nil)
                return { model, operation throws(StorageError) in
                    guard case .timeToLive = operation else { return nil }
                    let reply = try await model.reply(to: operation)
                    return first.withLock { first in
                        first = first ?? reply
                        return first
                    }
                }
            },
            doing("exact-rounded-down", caughtBy: "exact-expiry.rounds-up") {
                guard case .set(let key, let value, .after(let time)) = $0 else { return nil }
                let step = Duration.milliseconds(1).attoseconds
                let down = Duration(attoseconds: time.attoseconds / step * step)
                return .set(key, value, .after(max(down, .milliseconds(1))))
            },
        ]
    }

    /// A defect of the expiry that writes have.
    static func expiring(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (KeyExpiration) -> KeyExpiration
    ) -> Self {
        doing(name, caughtBy: caughtBy) { $0.mapExpiration(change) }
    }

    /// A defect of a store that keeps expiries in a table of their own, and does not clear it.
    static func remembering(_ name: String, caughtBy: String) -> Self {
        stateful(name, caughtBy: caughtBy) {
            let times = Mutex<[ByteString: Duration]>([:])
            return { model, operation throws(StorageError) in
                switch operation {
                case .set(let key, _, .after(let time)):
                    times.withLock { $0[key] = time }
                case .set(let key, let value, .unchanged):
                    guard try await !model.exists(key), let time = times.withLock({ $0[key] })
                    else { return nil }
                    return try await model.reply(to: .set(key, value, .after(time)))
                default: break
                }
                return nil
            }
        }
    }
}
