import StorageKit
import Synchronization

extension KeyValueDefect {
    static var counterDefects: [Self] {
        [
            saying("increment-returns-the-old", caughtBy: "counter.adds") { operation, reply in
                guard case .increment(_, let amount) = operation, case .integer(let sum) = reply
                else { return nil }
                return .integer(sum &- amount)
            },
            // A counter is another kind of value.
            rewriting("counters-have-eight-digits", caughtBy: "counter.is-decimal-digits") {
                guard case .increment = $0 else { return nil }
                return { text in
                    let padding = String(repeating: "0", count: max(0, 8 - text.count))
                    return text.hasPrefix("-") ? text : padding + text
                }
            },
            // Numbers as JavaScript has them.
            adding("counters-are-doubles", caughtBy: "counter.reaches-the-ends") {
                Int64(exactly: (Double($0) + Double($1)).rounded()) ?? ($0 < 0 ? .min : .max)
            },
            adding("counters-wrap", caughtBy: "counter.refuses-what-does-not-fit") { $0 &+ $1 },
            answering("text-counts-as-zero", caughtBy: "counter.refuses-what-is-no-integer") {
                model, operation throws(StorageError) in
                guard case .increment(let key, let amount) = operation,
                    let held = try? await model.get(key), Int64(held.string ?? "") == nil
                else { return nil }
                _ = try await model.reply(to: .set(key, "\(amount)", .unchanged))
                return .integer(amount)
            },
            cutting("counters-cut-their-keys", caughtBy: "counter.limits") { limits in
                { operation in
                    let most = limits.maximumKeyBytes
                    return switch operation {
                    case .increment(let key, let amount): .increment(key.cut(to: most), by: amount)
                    case .incrementFloat(let key, let amount):
                        .incrementFloat(key.cut(to: most), by: amount)
                    default: nil
                    }
                }
            },
            answering("increment-reads-first", caughtBy: "counter.loses-nothing") {
                model, operation throws(StorageError) in
                guard case .increment(let key, let amount) = operation,
                    let sum = Int64((try await model.get(key) ?? "0").string ?? "")?
                        .addingReportingOverflow(amount), !sum.overflow
                else { return nil }
                await pause()
                _ = try await model.reply(to: .set(key, "\(sum.partialValue)", .unchanged))
                return .integer(sum.partialValue)
            },
            stateful("increments-are-repeated", caughtBy: "counter.one-key-is-linearizable") {
                let count = Mutex(0)
                return { model, operation throws(StorageError) in
                    guard case .increment = operation else { return nil }
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    if number % 5 == 0 { _ = try await model.reply(to: operation) }
                    return nil
                }
            },
            doing("numbers-are-floats", caughtBy: "counter.adds-numbers") {
                guard case .incrementFloat(let key, let amount) = $0 else { return nil }
                return .incrementFloat(key, by: Double(Float16(amount)))
            },
            rewriting("numbers-have-two-places", caughtBy: "counter.numbers-are-text") {
                guard case .incrementFloat = $0 else { return nil }
                return { text in
                    guard let point = text.firstIndex(of: ".") else { return text }
                    return String(text.prefix(through: point))
                        + text[point...].dropFirst().prefix(2)
                }
            },
            rewriting("whole-numbers-have-a-point", caughtBy: "counter.whole-numbers-stay-integers")
            {
                guard case .incrementFloat = $0 else { return nil }
                return { $0.contains(".") || $0.contains("e") ? $0 : $0 + ".0" }
            },
            hiding(
                .invalidArgument, "infinities-are-ignored", caughtBy: "counter.refuses-infinities"
            ) { if case .incrementFloat = $0 { .number(0) } else { nil } },
            answering("text-adds-as-zero", caughtBy: "counter.refuses-what-is-no-number") {
                model, operation throws(StorageError) in
                guard case .incrementFloat(let key, let amount) = operation,
                    let held = try? await model.get(key), Double(held.string ?? "") == nil
                else { return nil }
                _ = try await model.reply(to: .set(key, "\(amount)", .unchanged))
                return .number(amount)
            },
            hiding(.outOfRange, "sums-become-infinite", caughtBy: "counter.numbers-beyond-range") {
                if case .incrementFloat = $0 { .number(.infinity) } else { nil }
            },
        ]
    }

    /// A defect of what is written after a sum.
    private static func rewriting(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (Operation) -> ((String) -> String)?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard let change = change(operation) else { return nil }
            let reply = try await model.reply(to: operation)
            switch operation {
            case .increment(let key, _), .incrementFloat(let key, _):
                let text = try await model.get(key)?.string ?? ""
                _ = try await model.reply(to: .set(key, ByteString(change(text)), .unchanged))
            default: break
            }
            return reply
        }
    }

    /// A defect of the sum itself.
    private static func adding(
        _ name: String, caughtBy: String, _ sum: @escaping @Sendable (Int64, Int64) -> Int64
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard case .increment(let key, let amount) = operation,
                let number = Int64((try await model.get(key) ?? "0").string ?? "")
            else { return nil }
            let result = sum(number, amount)
            _ = try await model.reply(to: .set(key, "\(result)", .unchanged))
            return .integer(result)
        }
    }
}
