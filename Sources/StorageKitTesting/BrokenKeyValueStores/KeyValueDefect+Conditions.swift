import StorageKit
import Synchronization

extension KeyValueDefect {
    static var conditionDefects: [Self] {
        [
            overriding("if-absent-overwrites", caughtBy: "conditional.set-if-absent") {
                if case .setIf(.absent, _, _, _) = $0 { true } else { false }
            },
            overriding("if-present-creates", caughtBy: "conditional.set-if-present") {
                if case .setIf(.present, _, _, _) = $0 { true } else { false }
            },
            doing("compare-looks-for-a-key", caughtBy: "conditional.compare-and-set") {
                guard case .setIf(.equal, let key, let value, let expiration) = $0 else {
                    return nil
                }
                return .setIf(.present, key, value, expiration)
            },
            answering("compare-and-delete-deletes", caughtBy: "conditional.compare-and-delete") {
                model, operation throws(StorageError) in
                guard case .deleteIf(_, let key) = operation else { return nil }
                return .flag(try await model.delete(key))
            },
            saying("exchange-returns-the-new", caughtBy: "conditional.exchange") { operation, _ in
                if case .exchange(_, let value, _) = operation { .value(value) } else { nil }
            },
            doing("take-leaves", caughtBy: "conditional.take") {
                if case .take(let key) = $0 { .get(key) } else { nil }
            },
            answering("absent-equals-empty", caughtBy: "conditional.empty-is-not-absent") {
                model, operation throws(StorageError) in
                guard case .setIf(.equal(""), let key, let value, let expiration) = operation,
                    try await !model.exists(key)
                else { return nil }
                _ = try await model.reply(to: .set(key, value, expiration))
                return .flag(true)
            },
            answering("compares-text-without-case", caughtBy: "conditional.compares-bytes") {
                model, operation throws(StorageError) in
                guard
                    case .setIf(.equal(let expected), let key, let value, let expiration) =
                        operation, let held = try await model.get(key),
                    held.string?.lowercased() == expected.string?.lowercased()
                else { return nil }
                _ = try await model.reply(to: .set(key, value, expiration))
                return .flag(true)
            },
            cutting("compares-the-beginning", caughtBy: "conditional.limits") { limits in
                { $0.mapValue { $0.cut(to: limits.maximumValueBytes) } }
            },
            answering("if-absent-looks-first", caughtBy: "conditional.one-set-if-absent-wins") {
                model, operation throws(StorageError) in
                guard case .setIf(.absent, let key, let value, let expiration) = operation else {
                    return nil
                }
                guard try await !model.exists(key) else { return .flag(false) }
                await pause()
                _ = try await model.reply(to: .set(key, value, expiration))
                return .flag(true)
            },
            answering(
                "compare-and-set-reads-first", caughtBy: "conditional.compare-and-set-loses-nothing"
            ) { model, operation throws(StorageError) in
                guard
                    case .setIf(.equal(let expected), let key, let value, let expiration) =
                        operation
                else { return nil }
                guard try await model.get(key) == expected else { return .flag(false) }
                await pause()
                _ = try await model.reply(to: .set(key, value, expiration))
                return .flag(true)
            },
            answering("exchange-reads-first", caughtBy: "conditional.exchange-loses-nothing") {
                model, operation throws(StorageError) in
                guard case .exchange(let key, let value, let expiration) = operation else {
                    return nil
                }
                let before = try await model.get(key)
                await pause()
                _ = try await model.reply(to: .set(key, value, expiration))
                return .value(before)
            },
            answering("take-reads-first", caughtBy: "conditional.one-takes") {
                model, operation throws(StorageError) in
                guard case .take(let key) = operation else { return nil }
                let before = try await model.get(key)
                await pause()
                try await model.delete(key)
                return .value(before)
            },
            // The answer was lost, and the call is made again.
            stateful("retries-conditions", caughtBy: "conditional.one-key-is-linearizable") {
                let count = Mutex(0)
                return { model, operation throws(StorageError) in
                    guard case .setIf = operation else { return nil }
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    if number % 3 == 0 { _ = try await model.reply(to: operation) }
                    return nil
                }
            },
            conditional("condition-loses-the-expiry", caughtBy: "conditional-expiry.sets-it") {
                if case .after(let time) = $0, time > .zero { .never } else { $0 }
            },
            conditional("condition-keeps-the-expiry", caughtBy: "conditional-expiry.removes-it") {
                $0 == .never ? .unchanged : $0
            },
            conditional(
                "condition-forgets-the-expiry", caughtBy: "conditional-expiry.unchanged-keeps-it"
            ) { $0 == .unchanged ? .never : $0 },
            // The expiry as a second command, whatever the first one said.
            answering("refused-sets-expiry", caughtBy: "conditional-expiry.refused-keeps-it") {
                model, operation throws(StorageError) in
                guard case .setIf(_, let key, _, .after(let time)) = operation else { return nil }
                let reply = try await model.reply(to: operation)
                try await model.expire(key, after: time)
                return reply
            },
            stateful("expired-locks-hold", caughtBy: "conditional-expiry.expired-is-absent") {
                let locked = Mutex<Set<ByteString>>([])
                return { _, operation throws(StorageError) in
                    switch operation {
                    case .set(let key, _, .after): locked.withLock { _ = $0.insert(key) }
                    case .setIf(.absent, let key, _, _) where locked.withLock({ $0.contains(key) }):
                        return .flag(false)
                    default: break
                    }
                    return nil
                }
            },
            conditional("zero-is-never", caughtBy: "conditional-expiry.refuses-zero") {
                if case .after(let time) = $0, time <= .zero { .never } else { $0 }
            },
            remembering("taken-leaves-an-expiry", caughtBy: "conditional-expiry.taken-leaves-none"),
        ]
    }

    /// A defect that writes although the condition does not hold.
    private static func overriding(
        _ name: String, caughtBy: String, _ isMeant: @escaping @Sendable (Operation) -> Bool
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard isMeant(operation), case .setIf(_, let key, let value, let expiration) = operation
            else { return nil }
            _ = try await model.reply(to: .set(key, value, expiration))
            return .flag(true)
        }
    }

    /// A defect of the expiry that conditional writes have.
    private static func conditional(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (KeyExpiration) -> KeyExpiration
    ) -> Self {
        doing(name, caughtBy: caughtBy) {
            switch $0 {
            case .setIf, .exchange: $0.mapExpiration(change)
            default: nil
            }
        }
    }
}
