import StorageKit

extension KeyValueDraws {
    static func member(_ generator: inout SeededGenerator) -> ByteString {
        ["m", "n", "mn", "", "M", "\u{0}"].randomElement(using: &generator) ?? "m"
    }

    static func members(_ generator: inout SeededGenerator) -> [ByteString] {
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in member(&generator) }
    }

    /// Halves and quarters, whose sums are exact.
    static func amount(_ generator: inout SeededGenerator) -> Double {
        Double(Int.random(in: -12...12, using: &generator)) / 4
    }

    static func range(_ generator: inout SeededGenerator) -> Range<Int> {
        let start = Int.random(in: 0...5, using: &generator)
        return start..<(start + Int.random(in: 0...6, using: &generator))
    }

    static func order(_ generator: inout SeededGenerator) -> SortOrder {
        Bool.random(using: &generator) ? .ascending : .descending
    }

    static func end(_ generator: inout SeededGenerator) -> ListEnd {
        Bool.random(using: &generator) ? .first : .last
    }

    static func limit(_ generator: inout SeededGenerator) -> Int {
        Int.random(in: 1...4, using: &generator)
    }

    static func counter<S: AtomicCounterStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let (c, key) = (store.commands, key(&generator))
        return Bool.random(using: &generator)
            ? KeyValueCall(c.increment(key, by: .random(in: -9...9, using: &generator)))
            : KeyValueCall(c.incrementFloat(key, by: amount(&generator)))
    }

    /// Integers alone, up to both ends: how many digits a store keeps of a number as large as these
    /// is its own affair.
    static func integer<S: AtomicCounterStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let amounts: [Int64] = [.max, .min, .max / 2, .min / 2, 1, -1, 7, -7]
        return KeyValueCall(
            store.commands.increment(
                key(&generator), by: amounts.randomElement(using: &generator) ?? 1))
    }

    static func hash<S: HashStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let (c, key, field) = (store.commands, key(&generator), member(&generator))
        switch Int.random(in: 0..<13, using: &generator) {
        case 0...2:
            var fields: [ByteString: ByteString] = [:]
            for name in members(&generator) { fields[name] = text(number, &generator) }
            return KeyValueCall(c.hashSet(key, fields))
        case 3: return KeyValueCall(c.hashGet(key, field: field))
        case 4: return KeyValueCall(c.hashGet(key, fields: members(&generator)))
        case 5: return KeyValueCall(c.hashGetAll(key))
        case 6...7:
            return KeyValueCall(
                c.hashIncrement(key, field: field, by: .random(in: -9...9, using: &generator)))
        case 8: return KeyValueCall(c.hashIncrementFloat(key, field: field, by: amount(&generator)))
        case 9...10: return KeyValueCall(c.hashDelete(key, fields: members(&generator)))
        case 11: return KeyValueCall(c.hashExists(key, field: field))
        default: return KeyValueCall(c.hashCount(key))
        }
    }

    static func list<S: ListStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let (c, key, end) = (store.commands, key(&generator), end(&generator))
        switch Int.random(in: 0..<11, using: &generator) {
        case 0...3:
            // At least one: pushing none is a misuse, and has a law of its own.
            let values = [text(number, &generator)] + members(&generator)
            return KeyValueCall(c.listPush(key, values, at: end))
        case 4: return KeyValueCall(c.listPop(key, from: end))
        case 5: return KeyValueCall(c.listPop(key, from: end, limit: limit(&generator)))
        case 6: return KeyValueCall(c.listRange(key, range(&generator)))
        case 7: return KeyValueCall(c.listTrim(key, to: range(&generator)))
        case 8:
            let limit = Bool.random(using: &generator) ? limit(&generator) : nil
            return KeyValueCall(c.listRemove(key, member(&generator), limit: limit))
        case 9: return KeyValueCall(c.listCount(key))
        default:
            let target = self.key(&generator)
            return KeyValueCall(c.listMove(from: key, end, to: target, self.end(&generator)))
        }
    }

    static func set<S: SetStore>(
        _ store: S, _ number: Int, _ generator: inout SeededGenerator
    ) -> KeyValueCall<S> {
        let (c, key) = (store.commands, key(&generator))
        switch Int.random(in: 0..<9, using: &generator) {
        case 0...2: return KeyValueCall(c.setAdd(key, members(&generator)))
        case 3...4: return KeyValueCall(c.setRemove(key, members(&generator)))
        case 5: return KeyValueCall(c.setContains(key, member(&generator)))
        case 6: return KeyValueCall(c.setMembers(of: key))
        case 7: return KeyValueCall(c.setCount(key))
        default:
            let how: [SetCombination] = [.union, .intersection, .difference]
            return KeyValueCall(
                c.setCombine(
                    how.randomElement(using: &generator) ?? .union, [key] + keys(&generator)))
        }
    }
}
