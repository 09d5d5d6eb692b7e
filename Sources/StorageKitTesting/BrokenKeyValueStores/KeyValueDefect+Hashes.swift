import StorageKit
import Synchronization

extension KeyValueDefect {
    static var hashDefects: [Self] {
        [
            // The mapping as one value.
            answering("hash-set-replaces", caughtBy: "hash.sets-fields") {
                model, operation throws(StorageError) in
                guard case .hash(let key, .set(let fields)) = operation, !fields.isEmpty else {
                    return nil
                }
                let count = try await model.hashCount(key)
                try await model.delete(key)
                _ = try await model.reply(to: operation)
                return .integer(Int64(max(0, fields.count - count)))
            },
            saying("missing-fields-are-empty", caughtBy: "hash.absent-has-no-fields") {
                operation, reply in
                guard case .hash(_, .get) = operation, reply == .value(nil) else { return nil }
                return .value("")
            },
            saying("hash-get-leaves-out-the-absent", caughtBy: "hash.get-many-by-position") {
                operation, reply in
                guard case .hash = operation, case .values(let values) = reply else { return nil }
                return .values(values.filter { $0 != nil })
            },
            saying("hash-delete-counts-what-it-was-given", caughtBy: "hash.deletes-fields") {
                operation, reply in
                guard case .hash(_, .delete(let names)) = operation else { return nil }
                return .integer(Int64(names.count))
            },
            ghosts("empty-hashes-exist", caughtBy: "hash.empty-does-not-exist") {
                if case .hash(let key, .delete) = $0 { key } else { nil }
            },
            doing("fields-end-at-nul", caughtBy: "hash.any-bytes") {
                guard case .hash(let key, .set(let fields)) = $0 else { return nil }
                return .hash(
                    key, .set(fields.map { HashField(name: $0.name.cut(at: 0), value: $0.value) }))
            },
            overwriting("hashes-replace-other-kinds", caughtBy: "hash.refuses-other-kinds") {
                if case .hash(let key, .set) = $0 { key } else { nil }
            },
            hiding(.wrongType, "get-takes-kinds-for-absent", caughtBy: "hash.is-a-key") {
                if case .get = $0 { .value(nil) } else { nil }
            },
            saying("hash-scan-loses-the-last", caughtBy: "hash.scan-visits-every-field") {
                _, reply in
                guard case .fieldPage(var page) = reply, page.next != nil else { return nil }
                page.elements.removeLast()
                return .fieldPage(page)
            },
            doing("hash-scan-takes-zero", caughtBy: "hash.scan-refuses-a-limit-below-one") {
                guard case .hash(let key, .scan(let cursor, let limit)) = $0 else { return nil }
                return .hash(key, .scan(cursor, limit: max(1, limit)))
            },
            cutting("longer-fields-are-cut", caughtBy: "hash.limits") { limits in
                {
                    guard case .hash(let key, .set(let fields)) = $0 else { return nil }
                    let most = limits.maximumKeyBytes
                    return .hash(
                        key,
                        .set(fields.map { HashField(name: $0.name.cut(to: most), value: $0.value) })
                    )
                }
            },
            // Unsigned.
            answering("hash-counts-from-zero", caughtBy: "hash.counts") {
                model, operation throws(StorageError) in
                guard case .hash(let key, .increment(let name, _)) = operation,
                    case .integer(let sum) = try await model.reply(to: operation)
                else { return nil }
                if sum < 0 { try await model.hashSet(key, [name: "0"]) }
                return .integer(max(0, sum))
            },
            answering("hash-text-counts-as-zero", caughtBy: "hash.counts-refuse") {
                model, operation throws(StorageError) in
                guard case .hash(let key, .increment(let name, let amount)) = operation,
                    let held = try await model.hashGet(key, field: name),
                    Int64(held.string ?? "") == nil
                else { return nil }
                try await model.hashSet(key, [name: "\(amount)"])
                return .integer(amount)
            },
            doing("hash-adds-whole-numbers", caughtBy: "hash.adds-numbers") {
                guard case .hash(let key, .incrementFloat(let name, let amount)) = $0 else {
                    return nil
                }
                return .hash(key, .incrementFloat(name, by: amount.rounded()))
            },
            answering("hash-increment-reads-first", caughtBy: "hash.counts-lose-nothing") {
                model, operation throws(StorageError) in
                guard case .hash(let key, .increment(let name, let amount)) = operation else {
                    return nil
                }
                let held = try await model.hashGet(key, field: name)
                await pause()
                let sum = (Int64((held ?? "0").string ?? "") ?? 0) &+ amount
                try await model.hashSet(key, [name: "\(sum)"])
                return .integer(sum)
            },
            answering("hash-set-field-by-field", caughtBy: "hash.whole-writes") {
                model, operation throws(StorageError) in
                guard case .hash(let key, .set(let fields)) = operation else { return nil }
                var count = 0
                for field in fields {
                    count += try await model.hashSet(key, [field.name: field.value])
                    await pause()
                }
                return .integer(Int64(count))
            },
        ]
    }

    /// A defect that leaves a key without content where a collection became empty.
    static func ghosts(
        _ name: String, caughtBy: String, _ key: @escaping @Sendable (Operation) -> ByteString?
    ) -> Self {
        stateful(name, caughtBy: caughtBy) {
            let ghosts = Mutex<Set<ByteString>>([])
            return { model, operation throws(StorageError) in
                if case .exists(let key) = operation, ghosts.withLock({ $0.contains(key) }) {
                    return .flag(true)
                }
                guard let key = key(operation) else { return nil }
                let existed = try await model.exists(key)
                let reply = try await model.reply(to: operation)
                if existed, try await !model.exists(key) {
                    ghosts.withLock { _ = $0.insert(key) }
                }
                return reply
            }
        }
    }

    /// A defect that makes a new collection where another kind of value is.
    static func overwriting(
        _ name: String, caughtBy: String, _ key: @escaping @Sendable (Operation) -> ByteString?
    ) -> Self {
        answering(name, caughtBy: caughtBy) { model, operation throws(StorageError) in
            guard let key = key(operation) else { return nil }
            do throws(StorageError) {
                return try await model.reply(to: operation)
            } catch {
                guard error.code == .wrongType else { throw error }
                try await model.delete(key)
                return try await model.reply(to: operation)
            }
        }
    }
}
