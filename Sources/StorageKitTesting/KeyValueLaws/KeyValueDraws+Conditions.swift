import StorageKit

extension KeyValueDraws {
    static func condition<Store: ConditionalWriteStore>(
        _ store: Store, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<Store> {
        let (commands, key) = (store.commands, key(&generator))
        let value = text(number, &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return KeyValueCall(commands.setIfAbsent(key, to: value))
        case 1: return KeyValueCall(commands.setIfPresent(key, to: value))
        case 2:
            return KeyValueCall(
                commands.compareAndSet(key, from: text(number, &generator), to: value))
        case 3: return KeyValueCall(commands.compareAndDelete(key, from: value))
        case 4: return KeyValueCall(commands.exchange(key, with: value))
        default: return KeyValueCall(commands.take(key))
        }
    }

    static func conditionAndExpiry<Store: ConditionalWriteStore & ExpiringKeyValueStore>(
        _ store: Store, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<Store> {
        let (commands, key) = (store.commands, key(&generator))
        let (value, expires) = (text(number, &generator), expiration(&generator))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return KeyValueCall(commands.setIfAbsent(key, to: value, expires: expires))
        case 1: return KeyValueCall(commands.setIfPresent(key, to: value, expires: expires))
        case 2: return KeyValueCall(commands.exchange(key, with: value, expires: expires))
        default:
            return KeyValueCall(
                commands.compareAndSet(
                    key, from: text(number, &generator), to: value, expires: expires))
        }
    }
}
