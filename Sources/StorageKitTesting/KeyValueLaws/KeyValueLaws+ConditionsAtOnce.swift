import StorageKit

extension KeyValueLaws {
    static func oneSetIfAbsentWins<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        overlappingLaw(
            "conditional.one-set-if-absent-wins",
            "Of several setIfAbsent at once of one key exactly one writes, and what it wrote stays."
        ) { scene in
            for round in 0..<20 {
                let wins = try await scene.atOnce { task in
                    try await scene.store.setIfAbsent("k\(round)", to: "\(task)")
                }
                try scene.context.expectEqual(wins.count { $0 }, 1, "the number that wrote")
                let winner = wins.firstIndex(of: true).map { ByteString("\($0)") }
                try await scene.expect("k\(round)", holds: winner, "after setIfAbsent at once")
            }
        }
    }

    static func compareAndSetLosesNothing<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        overlappingLaw(
            "conditional.compare-and-set-loses-nothing",
            "The condition is tested and the write made in one atomic step: sums made by reading "
                + "and compareAndSet lose nothing."
        ) { scene in
            try await scene.store.set("sum", to: "0")
            let each = 12
            _ = try await scene.atOnce(4) { _ in
                for _ in 0..<each { try await scene.addOne(to: "sum", attempts: 10_000) }
            }
            try await scene.expect("sum", holds: "\(4 * each)", "after additions at once")
        }
    }

    static func exchangeLosesNothing<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        overlappingLaw(
            "conditional.exchange-loses-nothing",
            "exchange reads and writes in one atomic step: of values exchanged at once each is "
                + "returned once, or is left."
        ) { scene in
            let before = try await scene.atOnce { task in
                var seen: [ByteString?] = []
                for round in 0..<10 {
                    seen.append(try await scene.store.exchange("a", with: "\(task) \(round)"))
                }
                return seen
            }
            let returned =
                before.flatMap { $0 }.compactMap { $0 }
                + [try await scene.store.get("a")].compactMap { $0 }
            let written = (0..<8).flatMap { task in (0..<10).map { ByteString("\(task) \($0)") } }
            try scene.context.expectEqual(
                returned.sorted(), written.sorted(), "what was returned or left")
        }
    }

    static func oneTakes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        overlappingLaw(
            "conditional.one-takes",
            "Of several that take one key at once, or delete it by its value, one gets it."
        ) { scene in
            for round in 0..<20 {
                try await scene.store.set("k\(round)", to: "1")
                let wins = try await scene.atOnce { task in
                    if task.isMultiple(of: 2) {
                        return try await scene.store.take("k\(round)") != nil
                    }
                    return try await scene.store.compareAndDelete("k\(round)", from: "1")
                }
                try scene.context.expectEqual(wins.count { $0 }, 1, "the number that got it")
            }
        }
    }

    static func conditionsAreLinearizable<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: ConditionalWriteStore {
        overlappingLaw(
            "conditional.one-key-is-linearizable",
            "Overlapping conditional writes of one key get answers that they could have got one "
                + "after the other."
        ) { scene in
            try await expectLinearizable(in: scene) { number, generator in
                let commands = scene.store.commands
                let values: [ByteString] = ["1", "2", "3"]
                let value = values.randomElement(using: &generator) ?? "1"
                let other = values.randomElement(using: &generator) ?? "1"
                return switch Int.random(in: 0..<8, using: &generator) {
                case 0: KeyValueCall(commands.setIfAbsent("k", to: value))
                case 1: KeyValueCall(commands.setIfPresent("k", to: value))
                case 2...3: KeyValueCall(commands.compareAndSet("k", from: other, to: value))
                case 4: KeyValueCall(commands.compareAndDelete("k", from: value))
                case 5: KeyValueCall(commands.exchange("k", with: value))
                case 6: KeyValueCall(commands.take("k"))
                default: KeyValueCall(commands.get("k"))
                }
            }
        }
    }
}

extension KeyValueScene where Harness.Subject: ConditionalWriteStore {
    /// Adds one by reading and compareAndSet, again while others were faster.
    fileprivate func addOne(to key: ByteString, attempts: Int) async throws {
        for _ in 0..<attempts {
            let before = try await store.get(key)
            guard let before, let sum = Int(before.string ?? "") else {
                throw ConformanceFailure(
                    expected: "a number that compareAndSet wrote", seen: describe(before))
            }
            if try await store.compareAndSet(key, from: before, to: "\(sum + 1)") { return }
            await Task.yield()
        }
        throw ConformanceFailure(
            expected: "compareAndSet to succeed for somebody", seen: "\(attempts) refusals")
    }
}
