import StorageKit
import Synchronization

extension KeyValueDefect {
    static var scanDefects: [Self] {
        [
            doing("scan-ignores-the-prefix", caughtBy: "scan.visits-the-prefix") {
                guard case .scan(_, let cursor, let limit) = $0 else { return nil }
                return .scan(prefix: "", cursor, limit: limit)
            },
            // `MATCH prefix*` with the prefix as it is.
            doing("scan-takes-patterns", caughtBy: "scan.prefixes-are-not-patterns") {
                guard case .scan(let prefix, let cursor, let limit) = $0 else { return nil }
                return .scan(prefix: prefix.cut(at: UInt8(ascii: "*")), cursor, limit: limit)
            },
            paging("scan-loses-the-last-of-a-page", caughtBy: "scan.pages-lead-to-the-end") {
                ScanPage(
                    elements: $0.next == nil ? $0.elements : $0.elements.dropLast(), next: $0.next)
            },
            stateful("scan-ends-after-a-thousand", caughtBy: "scan.visits-many-keys") {
                let count = Mutex(0)
                return { model, operation throws(StorageError) in
                    guard case .scan(_, let cursor, _) = operation,
                        case .elementPage(var page) = try await model.reply(to: operation)
                    else { return nil }
                    let all = count.withLock { count in
                        count = (cursor == nil ? 0 : count) + page.elements.count
                        return count
                    }
                    if all >= 1000 { page.next = nil }
                    return .elementPage(page)
                }
            },
            doing("scan-takes-zero-for-one", caughtBy: "scan.refuses-a-limit-below-one") {
                guard case .scan(let prefix, let cursor, let limit) = $0 else { return nil }
                return .scan(prefix: prefix, cursor, limit: max(1, limit))
            },
            answering("scan-of-nothing-fails", caughtBy: "scan.of-nothing-ends") {
                model, operation throws(StorageError) in
                guard case .scan = operation,
                    case .elementPage(let page) = try await model.reply(to: operation),
                    page.elements.isEmpty
                else { return nil }
                throw StorageError(code: .notFound, message: "no keys", operation: "keys")
            },
            rescanning("scan-by-slot", caughtBy: "scan.misses-nothing-amid-additions") {
                keys, limit in
                // A hash table whose slots are numbered anew when it grows.
                let size = keys.count
                return keys.sorted { $0.slot(of: size) < $1.slot(of: size) }
            },
            rescanning("scan-by-offset", caughtBy: "scan.misses-nothing-amid-deletions") {
                keys, _ in keys.sorted()
            },
        ]
    }

    /// A defect of the pages of keys.
    private static func paging(
        _ name: String, caughtBy: String,
        _ change: @escaping @Sendable (ScanPage<ByteString>) -> ScanPage<ByteString>
    ) -> Self {
        saying(name, caughtBy: caughtBy) { operation, reply in
            guard case .scan = operation, case .elementPage(let page) = reply else { return nil }
            return .elementPage(change(page))
        }
    }

    /// A defect that goes on at a number of keys in some order.
    private static func rescanning(
        _ name: String, caughtBy: String,
        _ order: @escaping @Sendable ([ByteString], Int) -> [ByteString]
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard case .scan(let prefix, let cursor, let limit) = operation, limit > 0,
                case .elementPage(let all) = try await model.reply(
                    to: .scan(prefix: prefix, nil, limit: .max))
            else { return nil }
            let keys = order(all.elements, limit)
            let start = min(keys.count, cursor.flatMap { Int($0.bytes.string ?? "") } ?? 0)
            let end = min(keys.count, start + min(limit, keys.count))
            let next = end < keys.count ? ScanCursor("\(end)") : nil
            return .elementPage(ScanPage(elements: Array(keys[start..<end]), next: next))
        }
    }
}

extension ByteString {
    /// A slot of a hash table, by the function of Fowler, Noll and Vo.
    fileprivate func slot(of count: Int) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } % UInt64(count)
    }
}
