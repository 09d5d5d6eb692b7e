import StorageKit
import Synchronization

extension KeyValueDefect {
    static var valueDefects: [Self] {
        [
            saying("exists-says-no", caughtBy: "value.set-stores") { operation, _ in
                if case .exists = operation { .flag(false) } else { nil }
            },
            // `SET … NX` where `SET` belongs.
            doing("set-keeps-the-first", caughtBy: "value.set-replaces") {
                guard case .set(let key, let value, _) = $0 else { return nil }
                return .setIf(.absent, key, value, .never)
            }.replying(.done),
            hidingAbsence("get-throws-when-absent", caughtBy: "value.absent-is-nil"),
            saying("empty-values-are-none", caughtBy: "value.empty-is-not-absent") { _, reply in
                reply == .value("") ? .value(nil) : nil
            },
            saying("get-many-leaves-out-the-absent", caughtBy: "value.get-many-by-position") {
                _, reply in
                guard case .values(let values) = reply else { return nil }
                return .values(values.filter { $0 != nil })
            },
            saying("get-many-answers-once", caughtBy: "value.get-many-with-duplicates") {
                operation, reply in
                guard case .getMany(let keys) = operation, case .values(let values) = reply else {
                    return nil
                }
                var seen: Set<ByteString> = []
                return .values(zip(keys, values).filter { seen.insert($0.0).inserted }.map(\.1))
            },
            refusing(
                "get-many-refuses-none", caughtBy: "value.get-many-of-none", with: .invalidArgument
            ) { $1 == .getMany([]) },
            // The shorter way for the commonest call is another way.
            behaving("get-by-itself-drops-a-byte", caughtBy: "value.commands-agree") {
                $0.get = { model, key throws(StorageError) in
                    .some(try await model.get(key).map { ByteString(bytes: $0.bytes.dropLast()) })
                }
            },
            sharedStore,
        ]
    }

    /// One database for all.
    private static var sharedStore: Self {
        let shared = ModelKeyValueStore(limits: KeyValueLimits(maximumElementsPerCall: 300))
        return answering("stores-share-their-keys", caughtBy: "value.stores-are-apart") {
            _, operation throws(StorageError) in
            try await shared.reply(to: operation)
        }
    }

    private static func hidingAbsence(_ name: String, caughtBy: String) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard case .get = operation else { return nil }
            guard case .value(nil) = try await model.reply(to: operation) else { return nil }
            throw StorageError(code: .notFound, message: "no such key", operation: "get")
        }
    }

    /// The same defect with this reply to every operation on a plain value that it changed.
    private func replying(_ reply: Reply) -> Self {
        let makeInner = makeBehaviour
        return Self(name, caughtBy: caughtBy) {
            let inner = makeInner()
            var behaviour = inner
            behaviour.answer = { model, operation throws(StorageError) in
                try await inner.answer?(model, operation).map { _ in reply }
            }
            return behaviour
        }
    }

    static var bytesDefects: [Self] {
        [
            // Strings of C.
            doing("values-end-at-nul", caughtBy: "bytes.any-value") {
                $0.mapValue { $0.cut(at: 0) }
            },
            doing("keys-end-at-nul", caughtBy: "bytes.any-key") { $0.mapKeys { $0.cut(at: 0) } },
            // A column of so many characters.
            doing("keys-have-511-bytes", caughtBy: "bytes.long-keys") {
                $0.mapKeys { $0.cut(to: 511) }
            },
            // Strings of Unicode.
            doing("values-are-repaired", caughtBy: "bytes.random") {
                $0.mapValue { ByteString(String(decoding: $0.bytes, as: UTF8.self)) }
            },
            // One read of a buffer taken for the whole.
            saying("values-end-with-the-buffer", caughtBy: "bytes.large-value") { _, reply in
                guard case .value(let value) = reply else { return nil }
                return .value(value?.cut(to: 65_536))
            },
        ]
    }

    static var deleteDefects: [Self] {
        [
            saying("delete-says-none-was-there", caughtBy: "delete.removes") { operation, _ in
                if case .delete = operation { .integer(0) } else { nil }
            },
            answering("delete-needs-a-key", caughtBy: "delete.says-when-there-was-none") {
                model, operation throws(StorageError) in
                guard case .delete = operation else { return nil }
                let reply = try await model.reply(to: operation)
                guard reply == .integer(0) else { return reply }
                throw StorageError(code: .notFound, message: "no such key", operation: "delete")
            },
            stateful("delete-leaves-a-tombstone", caughtBy: "delete.frees-the-key") {
                let deleted = Mutex<Set<ByteString>>([])
                return { _, operation throws(StorageError) in
                    switch operation {
                    case .delete(let keys): deleted.withLock { $0.formUnion(keys) }
                    case .set(let key, _, _) where deleted.withLock({ $0.contains(key) }):
                        return .done
                    default: break
                    }
                    return nil
                }
            },
            saying("delete-counts-what-it-was-given", caughtBy: "delete.many-counts-what-was-there")
            { operation, _ in
                guard case .delete(let keys) = operation else { return nil }
                return .integer(Int64(Set(keys).count))
            },
            answering("delete-counts-twice", caughtBy: "delete.many-counts-once") {
                model, operation throws(StorageError) in
                guard case .delete(let keys) = operation else { return nil }
                var count: Int64 = 0
                for key in keys where try await model.exists(key) { count += 1 }
                _ = try await model.reply(to: operation)
                return .integer(count)
            },
        ]
    }

    static var limitDefects: [Self] {
        [
            refusing(
                "longest-keys-refused", caughtBy: "limits.key-at-the-limit", with: .limitExceeded
            ) { model, operation in
                guard case .set(let key, _, _) = operation else { return false }
                return key.count >= model.limits.maximumKeyBytes
            },
            cutting("longer-keys-are-cut", caughtBy: "limits.key-past-the-limit") { limits in
                { $0.mapKeys { $0.cut(to: limits.maximumKeyBytes) } }
            },
            refusing(
                "longest-values-refused", caughtBy: "limits.value-at-the-limit",
                with: .limitExceeded
            ) { model, operation in
                guard case .set(_, let value, _) = operation else { return false }
                return value.count >= model.limits.maximumValueBytes
            },
            cutting("longer-values-are-cut", caughtBy: "limits.value-past-the-limit") { limits in
                { $0.mapValue { $0.cut(to: limits.maximumValueBytes) } }
            },
            refusing(
                "largest-calls-refused", caughtBy: "limits.call-at-the-limit", with: .limitExceeded
            ) { model, operation in
                guard case .getMany(let keys) = operation else { return false }
                return keys.count >= model.limits.maximumElementsPerCall
            },
            cutting("larger-calls-are-cut", caughtBy: "limits.call-past-the-limit") { limits in
                { operation in
                    let most = limits.maximumElementsPerCall
                    return switch operation {
                    case .getMany(let keys): .getMany(Array(keys.prefix(most)))
                    case .delete(let keys): .delete(Array(keys.prefix(most)))
                    default: nil
                    }
                }
            },
        ]
    }

    /// A defect that makes fit what should be refused.
    static func cutting(
        _ name: String, caughtBy: String,
        _ cut: @escaping @Sendable (KeyValueLimits) -> (Operation) -> Operation?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard let changed = cut(model.limits)(operation) else { return nil }
            return try await model.reply(to: changed)
        }
    }

    static var modelDefects: [Self] {
        [
            // Something that only happens when several things come together.
            stateful("a-set-after-a-look-is-lost", caughtBy: "model.random-sequences") {
                let last = Mutex<Operation?>(nil)
                return { _, operation throws(StorageError) in
                    let before = last.withLock { last in
                        defer { last = operation }
                        return last
                    }
                    guard case .set = operation, case .exists = before else { return nil }
                    return .done
                }
            }
        ]
    }
}
