import StorageKit

extension KeyValueDraws {
    /// Times far enough apart to be told apart, and none that is over soon.
    static func expiration(_ generator: inout SeededGenerator) -> KeyExpiration {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: .never
        case 1: .unchanged
        default: .after(time(&generator))
        }
    }

    static func time(_ generator: inout SeededGenerator) -> Duration {
        .seconds([1_000, 10_000, 100_000].randomElement(using: &generator) ?? 1_000)
    }

    static func expiry<Store: ExpiringKeyValueStore>(
        _ store: Store, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<Store> {
        let (commands, key) = (store.commands, key(&generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            let value = text(number, &generator)
            return KeyValueCall(commands.set(key, to: value, expires: expiration(&generator)))
        case 1: return KeyValueCall(commands.expire(key, after: time(&generator)))
        case 2: return KeyValueCall(commands.persist(key))
        case 3: return KeyValueCall(commands.get(key, expires: expiration(&generator)))
        default: return KeyValueCall(commands.timeToLive(of: key))
        }
    }
}
