public import StorageKit

extension KeyValueLaws {
    /// The cases of `BlockingListStore`.
    public static func blockingListCases<Harness: ExpiryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: BlockingListStore {
        [
            waitsForNothing(), waitsForPush(), waitsForMove(), waitPrefers(), waitEnds(),
            moveWaits(), moveWaitEnds(), waitsServedOnce(), waitIsCancelled(),
            cancelledWaitLosesNothing(), waitKinds(), waitRefuses(), waitOutlivesOtherKinds(),
        ]
    }

    /// A wait that is not over before the law is.
    private static var long: Duration { .seconds(600) }

    private static func waitsForNothing<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.takes-what-is-there",
            "A wait for a list that has a value takes it at once, from the end asked for."
        ) { scene in
            try await scene.store.listPush("l", ["a", "b", "c"])
            let answers = try await scene.within("values that are there") {
                [
                    try await scene.store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: long),
                    try await scene.store.listPop(fromFirstOf: ["l"], .last, waitingUpTo: long),
                ]
            }
            try scene.context.expectEqual(
                answers, [.init(key: "l", value: "a"), .init(key: "l", value: "c")], "two waits")
            try await scene.expect(scene.commands.listRange("l", 0..<9), answers: ["b"])
        }
    }

    private static func waitsForPush<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.waits-for-a-push",
            "A wait for an empty list returns what is pushed, which is then not in the list."
        ) { scene in
            for round in 0..<10 {
                let wait = scene.task {
                    try await scene.store.listPop(
                        fromFirstOf: ["l"], .first, waitingUpTo: long)
                }
                for _ in 0..<round { await Task.yield() }
                try await scene.store.listPush("l", ["v\(round)"])
                let seen = try await scene.within("the value that was pushed") {
                    try await wait.value
                }
                try scene.context.expectEqual(
                    seen, ListElement(key: "l", value: "v\(round)"), "the wait")
                try await scene.expect("l", holds: nil, "after its value was taken")
            }
        }
    }

    private static func waitsForMove<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.waits-for-a-move",
            "A wait for an empty list returns what is moved there."
        ) { scene in
            for round in 0..<6 {
                try await scene.store.listPush("source", ["v\(round)"])
                let wait = scene.task {
                    try await scene.store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: long)
                }
                for _ in 0..<round { await Task.yield() }
                try await scene.store.listMove(from: "source", to: "l")
                let seen = try await scene.within("the value that was moved") {
                    try await wait.value
                }
                try scene.context.expectEqual(
                    seen, ListElement(key: "l", value: "v\(round)"), "the wait")
            }
        }
    }

    private static func waitPrefers<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.prefers-the-first",
            "A wait for several lists takes from the first that has a value, and says which."
        ) { scene in
            try await scene.store.listPush("b", ["b1"])
            try await scene.store.listPush("c", ["c1"])
            let keys: [ByteString] = ["a", "c", "b", "d"]
            for expected in [
                ListElement(key: "c", value: "c1"), ListElement(key: "b", value: "b1"),
            ] {
                let seen = try await scene.within("a value that is there") {
                    try await scene.store.listPop(fromFirstOf: keys, .first, waitingUpTo: long)
                }
                try scene.context.expectEqual(seen, expected, "a wait for \(keys)")
            }
            let wait = scene.task {
                try await scene.store.listPop(fromFirstOf: keys, .first, waitingUpTo: long)
            }
            try await scene.store.listPush("d", ["d1"])
            let seen = try await scene.within("a value that is pushed") { try await wait.value }
            try scene.context.expectEqual(
                seen, ListElement(key: "d", value: "d1"), "a wait for \(keys)")
        }
    }

    private static func waitEnds<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.ends-without-a-value",
            "A wait returns nil when its time is over, and takes nothing later."
        ) { scene in
            for time: Duration in [.milliseconds(30), .nanoseconds(1)] {
                let seen = try await scene.untilOver {
                    try await scene.store.listPop(
                        fromFirstOf: ["l", "m"], .first, waitingUpTo: time)
                }
                try scene.context.expectEqual(seen, nil, "a wait of \(time)")
            }
            try await scene.store.listPush("l", ["a"])
            try await scene.expect(scene.commands.listRange("l", 0..<9), answers: ["a"])
        }
    }

    private static func moveWaits<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.moves",
            "A wait to move takes a value from an end and adds it at an end of another list in one "
                + "step, at once or when it is pushed."
        ) { scene in
            try await scene.store.listPush("target", ["x"])
            try await scene.store.listPush("l", ["a", "b"])
            let first = try await scene.within("a value that is there") {
                try await scene.store.listMove(
                    from: "l", .last, to: "target", .first, waitingUpTo: long)
            }
            try scene.context.expectEqual(first, "b", "a wait to move")
            try await scene.expect(
                scene.commands.listRange("target", 0..<9), answers: ["b", "x"])
            try await scene.expect(scene.commands.listPop("l"), answers: "a")
            let wait = scene.task {
                try await scene.store.listMove(
                    from: "l", .first, to: "target", .last, waitingUpTo: long)
            }
            for _ in 0..<5 { await Task.yield() }
            try await scene.store.listPush("l", ["c"])
            let second = try await scene.within("a value that is pushed") { try await wait.value }
            try scene.context.expectEqual(second, "c", "a wait to move")
            try await scene.expect(
                scene.commands.listRange("target", 0..<9), answers: ["b", "x", "c"])
            try await scene.expectKeys(["target"], "after the moves")
        }
    }

    private static func moveWaitEnds<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.moves-nothing-in-the-end",
            "A wait to move returns nil when its time is over, and moves nothing later."
        ) { scene in
            let seen = try await scene.untilOver {
                try await scene.store.listMove(
                    from: "l", .first, to: "m", .last, waitingUpTo: .milliseconds(30))
            }
            try scene.context.expectEqual(seen, nil, "a wait to move")
            try await scene.store.listPush("l", ["a"])
            try await scene.expectKeys(["l"], "after a push that nobody waits for")
        }
    }

    private static func waitsServedOnce<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.serves-each-once",
            "Of several waits each gets another value, and no value is lost, pushed one by one or "
                + "several at once."
        ) { scene in
            for round in 0..<4 {
                let waits = (0..<6).map { _ in
                    scene.task {
                        try await scene.store.listPop(
                            fromFirstOf: ["l"], .first, waitingUpTo: long)
                    }
                }
                for _ in 0..<(round * 3) { await Task.yield() }
                try await scene.store.listPush("l", ["0", "1", "2"])
                for number in 3..<6 { try await scene.store.listPush("l", ["\(number)"]) }
                let seen = try await scene.within("six values for six waits") {
                    var seen: [ByteString?] = []
                    for wait in waits { seen.append(try await wait.value?.value) }
                    return seen
                }
                try scene.context.expectEqual(
                    seen.compactMap { $0 }.sorted(), ["0", "1", "2", "3", "4", "5"], "the waits")
                try await scene.expectKeys([], "after six values for six waits")
            }
        }
    }

    private static func waitIsCancelled<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.ends-when-cancelled",
            "A wait whose task is cancelled throws cancelled soon, and takes nothing later."
        ) { scene in
            for round in 0..<8 {
                let pops = scene.task {
                    try await scene.store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: long)
                        == nil
                }
                let moves = scene.task {
                    try await scene.store.listMove(
                        from: "l", .first, to: "m", .first, waitingUpTo: long) == nil
                }
                for _ in 0..<(round * 2) { await Task.yield() }
                for wait in [pops, moves] {
                    wait.cancel()
                    let outcome = try await scene.within("the end of a cancelled wait") {
                        await wait.result
                    }
                    guard case .failure(let error as StorageError) = outcome else {
                        throw ConformanceFailure(
                            expected: "a cancelled wait to throw", seen: "\(outcome)")
                    }
                    try scene.context.expectEqual(error.code, .cancelled, "the error of a wait")
                }
                try await scene.expect(scene.commands.listPush("l", ["a"]), answers: 1)
                try await scene.expect(scene.commands.listPop("l"), answers: "a")
            }
        }
    }

    private static func cancelledWaitLosesNothing<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.cancelling-loses-nothing",
            "A value that was taken in the moment of the cancellation is returned all the same: it "
                + "is returned or in the list, never neither and never both."
        ) { scene in
            for round in 0..<30 {
                let wait = scene.task {
                    try await scene.store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: long)
                }
                for _ in 0..<(round % 6) { await Task.yield() }
                let push = scene.task { try await scene.store.listPush("l", ["v\(round)"]) }
                for _ in 0..<(round / 6) { await Task.yield() }
                wait.cancel()
                _ = try await push.value
                let outcome = try await scene.within("the end of a cancelled wait") {
                    await wait.result
                }
                let taken = try? outcome.get()?.value
                let left = try await scene.store.listPop("l")
                try scene.context.expectEqual(
                    [taken, left].compactMap { $0 }, ["v\(round)"], "what is returned or left")
            }
        }
    }

    private static func waitKinds<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.refuses-other-kinds",
            "A wait that begins at a key of another kind throws wrongType, and so does a move to "
                + "one."
        ) { scene in
            try await scene.store.set("v", to: "1")
            try await scene.store.listPush("l", ["a"])
            try await scene.refuses(.wrongType) {
                try await scene.store.listPop(
                    fromFirstOf: ["v", "l"], .first, waitingUpTo: .milliseconds(50))
            }
            try await scene.refuses(.wrongType) {
                try await scene.store.listMove(
                    from: "v", .first, to: "l", .first, waitingUpTo: .milliseconds(50))
            }
            try await scene.refuses(.wrongType) {
                try await scene.store.listMove(
                    from: "l", .first, to: "v", .first, waitingUpTo: .milliseconds(50))
            }
            try await scene.expect("v", holds: "1", "after refused waits")
            try await scene.expect(scene.commands.listRange("l", 0..<9), answers: ["a"])
        }
    }

    private static func waitOutlivesOtherKinds<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        overlappingLaw(
            "blocking-list.outlives-other-kinds",
            "A wait goes on when its key comes to hold another kind, and takes what is pushed once "
                + "it is a list."
        ) { scene in
            for round in 0..<4 {
                let wait = scene.task {
                    try await scene.store.listPop(
                        fromFirstOf: ["l"], .first, waitingUpTo: long)
                }
                for _ in 0..<(round * 4) { await Task.yield() }
                // The wait may begin only now, and then it is refused.
                try await scene.store.set("l", to: "1")
                try await scene.store.delete("l")
                try await scene.store.listPush("l", ["a"])
                let outcome = try await scene.within("the value") { await wait.result }
                switch outcome {
                case .success(let seen):
                    try scene.context.expectEqual(
                        seen, ListElement(key: "l", value: "a"), "the wait")
                case .failure(let error as StorageError) where error.code == .wrongType:
                    try await scene.expect(scene.commands.listPop("l"), answers: "a")
                case .failure(let error): throw error
                }
            }
        }
    }

    private static func waitRefuses<H: ExpiryHarness>() -> ConformanceCase<H>
    where H.Subject: BlockingListStore {
        law(
            "blocking-list.refuses-what-is-never-right",
            "A wait that is not longer than zero, and one for no list, throw invalidArgument; a "
                + "key beyond the limit limitExceeded."
        ) { scene in
            let store = scene.store
            for time: Duration in [.zero, .seconds(-1)] {
                try await scene.refuses(.invalidArgument) {
                    try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: time)
                }
                try await scene.refuses(.invalidArgument) {
                    try await store.listMove(
                        from: "l", .first, to: "m", .first, waitingUpTo: time)
                }
            }
            try await scene.refuses(.invalidArgument) {
                try await store.listPop(fromFirstOf: [], .first, waitingUpTo: .milliseconds(50))
            }
            guard let key = tooLongKey(store.limits) else { return }
            try await scene.refuses(.limitExceeded) {
                try await store.listPop(
                    fromFirstOf: ["l", key], .first, waitingUpTo: .milliseconds(50))
            }
            try await scene.refuses(.limitExceeded) {
                try await store.listMove(
                    from: "l", .first, to: key, .first, waitingUpTo: .milliseconds(50))
            }
        }
    }
}

extension KeyValueScene where Harness: ExpiryHarness {
    /// The answer of a wait, while time is made to pass until there is one.
    fileprivate func untilOver<Value: Sendable>(
        _ wait: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let clock = task {
            while !Task.isCancelled {
                try await harness.letPass(.milliseconds(20), for: store.base)
            }
        }
        defer { clock.cancel() }
        return try await within("a wait to end", wait)
    }
}
