import StorageKit

/// Draws random calls on few keys, so that calls meet.
enum KeyValueDraws {
    static func key(_ generator: inout SeededGenerator) -> ByteString {
        ["a", "b", "ab", "a*"].randomElement(using: &generator) ?? "a"
    }

    static func keys(_ generator: inout SeededGenerator) -> [ByteString] {
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in key(&generator) }
    }

    /// A calls on values; `number` makes each written value another one.
    static func value<Store: KeyValueStore>(
        _ store: Store, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<Store> {
        let (commands, key) = (store.commands, key(&generator))
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: return KeyValueCall(commands.get(key))
        case 3: return KeyValueCall(commands.get(keys(&generator)))
        case 4...6: return KeyValueCall(commands.set(key, to: text(number, &generator)))
        case 7: return KeyValueCall(commands.delete(keys(&generator)))
        case 8: return KeyValueCall(commands.exists(key))
        default: return KeyValueCall(scanOf: key, pageSize: .random(in: 1...5, using: &generator))
        }
    }

    /// A text: sometimes a number, sometimes the same as before, sometimes empty.
    static func text(_ number: Int, _ generator: inout SeededGenerator) -> ByteString {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: "\(Int.random(in: -5...5, using: &generator))"
        case 1: ""
        case 2: "same"
        case 3: "2.5"
        default: "v\(number)"
        }
    }
}
