import StorageKit
import Synchronization

extension KeyValueDefect {
    static var listDefects: [Self] {
        [
            // All at once, so that the first stays first.
            doing("push-keeps-the-order", caughtBy: "list.pushes") {
                guard case .list(let key, .push(let values, .first)) = $0 else { return nil }
                return .list(key, .push(values.reversed(), .first))
            },
            hiding(.invalidArgument, "push-takes-none", caughtBy: "list.push-refuses-none") {
                if case .list(_, .push) = $0 { .integer(0) } else { nil }
            },
            saying("pop-of-nothing-is-empty", caughtBy: "list.absent-has-no-values") {
                operation, reply in
                guard case .list(_, .pop) = operation, reply == .value(nil) else { return nil }
                return .value("")
            },
            doing("pop-takes-the-first", caughtBy: "list.pops") {
                guard case .list(let key, .pop(.last)) = $0 else { return nil }
                return .list(key, .pop(.first))
            },
            saying("pops-in-list-order", caughtBy: "list.pops-many") { operation, reply in
                guard case .list(_, .popMany(.last, _)) = operation,
                    case .elements(let values) = reply
                else { return nil }
                return .elements(values.reversed())
            },
            ghosts("empty-lists-exist", caughtBy: "list.empty-does-not-exist") {
                switch $0 {
                case .list(let key, .pop), .list(let key, .trim): key
                default: nil
                }
            },
            // Both ends included, as `LRANGE` takes them.
            doing("range-has-one-more", caughtBy: "list.ranges") {
                guard case .list(let key, .range(let indexes)) = $0, indexes.upperBound < .max
                else { return nil }
                return .list(key, .range(indexes.lowerBound..<(indexes.upperBound + 1)))
            },
            // `LTRIM key 3 2` avoided, and so nothing removed.
            answering("trim-to-nothing-does-nothing", caughtBy: "list.trims") {
                _, operation throws(StorageError) in
                guard case .list(_, .trim(let indexes)) = operation, indexes.isEmpty else {
                    return nil
                }
                return .done
            },
            doing("remove-ignores-the-limit", caughtBy: "list.removes") {
                guard case .list(let key, .remove(let value, let limit?)) = $0, limit > 0 else {
                    return nil
                }
                return .list(key, .remove(value, limit: nil))
            },
            doing("move-adds-at-the-end", caughtBy: "list.moves") {
                guard case .listMove(let source, let from, let target, .first) = $0 else {
                    return nil
                }
                return .listMove(from: source, from, to: target, .last)
            },
            answering("move-within-one-loses-it", caughtBy: "list.moves-within-one") {
                model, operation throws(StorageError) in
                guard case .listMove(let source, let from, let target, _) = operation,
                    source == target
                else { return nil }
                return try await model.reply(to: .list(source, .pop(from)))
            },
            // Pops, and then finds that it cannot push.
            answering("refused-move-loses", caughtBy: "list.move-refuses-other-kinds") {
                model, operation throws(StorageError) in
                guard case .listMove(let source, let from, let target, let to) = operation,
                    source != target,
                    let value = try await model.listPop(source, from: from)
                else { return nil }
                _ = try await model.reply(to: .list(target, .push([value], to)))
                return .value(value)
            },
            doing("list-values-end-at-nul", caughtBy: "list.any-bytes") {
                guard case .list(let key, .push(let values, let end)) = $0 else { return nil }
                return .list(key, .push(values.map { $0.cut(at: 0) }, end))
            },
            overwriting("lists-replace-other-kinds", caughtBy: "list.refuses-other-kinds") {
                if case .list(let key, .push) = $0 { key } else { nil }
            },
            hiding(.wrongType, "get-of-a-list-is-none", caughtBy: "list.is-a-key") {
                if case .get = $0 { .value(nil) } else { nil }
            },
            doing("negative-indexes-are-zero", caughtBy: "list.refuses-what-is-never-right") {
                guard case .list(let key, .range(let indexes)) = $0, indexes.lowerBound < 0 else {
                    return nil
                }
                return .list(key, .range(0..<max(0, indexes.upperBound)))
            },
            cutting("longer-list-values-are-cut", caughtBy: "list.limits") { limits in
                {
                    guard case .list(let key, .push(let values, let end)) = $0 else { return nil }
                    let most = limits.maximumValueBytes
                    return .list(key, .push(values.map { $0.cut(to: most) }, end))
                }
            },
            answering("pop-reads-first", caughtBy: "list.loses-nothing") {
                model, operation throws(StorageError) in
                guard case .list(let key, .pop(.first)) = operation else { return nil }
                let first = try await model.listRange(key, 0..<1).first
                await pause()
                _ = try await model.reply(to: operation)
                return .value(first)
            },
            answering("move-pops-and-pushes", caughtBy: "list.moves-lose-nothing") {
                model, operation throws(StorageError) in
                guard case .listMove(let source, let from, let target, let to) = operation,
                    source != target
                else { return nil }
                let values = try await model.listRange(source, 0..<1)
                await pause()
                guard from == .first, let value = values.first else { return nil }
                _ = try await model.listPop(source, from: from)
                _ = try await model.reply(to: .list(target, .push([value], to)))
                return .value(value)
            },
        ]
    }
}
