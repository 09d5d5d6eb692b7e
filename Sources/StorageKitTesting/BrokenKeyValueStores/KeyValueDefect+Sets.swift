import StorageKit
import Synchronization

extension KeyValueDefect {
    static var setDefects: [Self] {
        [
            saying("set-add-counts-what-it-was-given", caughtBy: "set.adds") { operation, _ in
                guard case .memberSet(_, .add(let members)) = operation else { return nil }
                return .integer(Int64(members.count))
            },
            refusing(
                "set-members-needs-a-set", caughtBy: "set.absent-has-no-members", with: .notFound
            ) { model, operation in
                guard case .memberSet(let key, .members) = operation else { return false }
                return model.room.withLock { $0.state[key] == nil }
            },
            saying("set-remove-counts-what-it-was-given", caughtBy: "set.removes") {
                operation, _ in
                guard case .memberSet(_, .remove(let members)) = operation else { return nil }
                return .integer(Int64(members.count))
            },
            ghosts("empty-sets-exist", caughtBy: "set.empty-does-not-exist") {
                if case .memberSet(let key, .remove) = $0 { key } else { nil }
            },
            doing("members-end-at-nul", caughtBy: "set.any-bytes") {
                guard case .memberSet(let key, .add(let members)) = $0 else { return nil }
                return .memberSet(key, .add(members.map { $0.cut(at: 0) }))
            },
            doing("difference-is-turned-round", caughtBy: "set.combines") {
                guard case .combineSets(.difference, let keys) = $0 else { return nil }
                return .combineSets(.difference, keys.reversed())
            },
            // Leaves out what does not exist, also of an intersection.
            answering("absent-sets-are-left-out", caughtBy: "set.combines-absent") {
                model, operation throws(StorageError) in
                guard case .combineSets(.intersection, let keys) = operation else { return nil }
                var present: [ByteString] = []
                for key in keys where try await model.exists(key) { present.append(key) }
                guard !present.isEmpty else { return .elements([]) }
                return try await model.reply(to: .combineSets(.intersection, present))
            },
            hiding(.invalidArgument, "no-sets-combine", caughtBy: "set.combine-refuses-none") {
                if case .combineSets = $0 { .elements([]) } else { nil }
            },
            overwriting("sets-replace-other-kinds", caughtBy: "set.refuses-other-kinds") {
                if case .memberSet(let key, .add) = $0 { key } else { nil }
            },
            hiding(.wrongType, "get-of-a-set-is-none", caughtBy: "set.is-a-key") {
                if case .get = $0 { .value(nil) } else { nil }
            },
            saying("set-scan-loses-the-last", caughtBy: "set.scan-visits-every-member") {
                operation, reply in
                guard case .memberSet = operation, case .elementPage(var page) = reply,
                    page.next != nil
                else { return nil }
                page.elements.removeLast()
                return .elementPage(page)
            },
            doing("set-scan-takes-zero", caughtBy: "set.scan-refuses-a-limit-below-one") {
                guard case .memberSet(let key, .scan(let cursor, let limit)) = $0 else {
                    return nil
                }
                return .memberSet(key, .scan(cursor, limit: max(1, limit)))
            },
            cutting("longer-members-are-cut", caughtBy: "set.limits") { limits in
                {
                    guard case .memberSet(let key, .add(let members)) = $0 else { return nil }
                    return .memberSet(
                        key, .add(members.map { $0.cut(to: limits.maximumKeyBytes) }))
                }
            },
            answering("set-add-looks-first", caughtBy: "set.one-adds") {
                model, operation throws(StorageError) in
                guard case .memberSet(let key, .add(let members)) = operation else { return nil }
                var count: Int64 = 0
                for member in Set(members) where try await !model.setContains(key, member) {
                    count += 1
                }
                await pause()
                _ = try await model.reply(to: operation)
                return .integer(count)
            },
        ]
    }
}
