import StorageKit

// A condition has two values, in the database as in Swift.
extension RelationalLaws {
    static func conditionCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [comparisons(), opposites(), truths(), randomConditions()]
    }

    private static let conditions: [QueryCondition] = [
        QueryCondition("the same", { $0.parent == 1 }) { $0.parent == 1 },
        QueryCondition("another", { $0.parent != 1 }) { $0.parent != 1 },
        QueryCondition("nil", { $0.parent == nil }) { $0.parent == nil },
        QueryCondition("not nil", { $0.parent != nil }) { $0.parent != nil },
        QueryCondition("the same columns", { $0.parent == $0.parent }) { _ in true },
        QueryCondition("different columns", { $0.parent != $0.parent }) { _ in false },
        QueryCondition("another that may be nil", { $0.id == $0.parent }) { $0.id == $0.parent },
        QueryCondition("less", { $0.parent < 3 }) { $0.parent.map { $0 < 3 } ?? false },
        QueryCondition("less or the same", { $0.number <= 3 }) { $0.number <= 3 },
        QueryCondition("more", { $0.number > $0.id }) { $0.number > $0.id },
        QueryCondition("more or the same", { $0.parent >= 3 }) {
            $0.parent.map { $0 >= 3 } ?? false
        },
        QueryCondition("in a range", { $0.parent.isBetween(2, 3) }) { $0.parent == 3 },
        QueryCondition("in a list", { $0.parent.isIn([3, 4, 5]) }) { $0.parent == 3 },
        QueryCondition("a sum", { $0.number + $0.id * 2 - 1 > 10 }) { $0.number + $0.id * 2 > 11 },
        QueryCondition("a text", { $0.name == "oak%" }) { $0.name == "oak%" },
        QueryCondition("of one's own", { SQLPredicate("\($0.parent.sql) = 1") }) { $0.parent == 1 },
    ]

    private static func comparisons<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.conditions",
            "A condition finds what it finds in Swift, where nil is equal to nil and in no order."
        ) { scene in
            let scene = try await scene.withSeven()
            for condition in conditions {
                try await scene.expect(condition, among: QueryThing.seven)
            }
        }
    }

    private static func opposites<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.opposites",
            "A condition and its opposite share all rows, whether it is written with !, with == "
                + "false or with != true."
        ) { scene in
            let scene = try await scene.withSeven()
            for condition in conditions {
                let (predicate, holds) = (condition.predicate, condition.holds)
                for opposite in [
                    QueryCondition("! \(condition.name)", { !predicate($0) }) { !holds($0) },
                    QueryCondition("\(condition.name) == false", { predicate($0) == false }) {
                        !holds($0)
                    },
                    QueryCondition("\(condition.name) != true", { predicate($0) != true }) {
                        !holds($0)
                    },
                    QueryCondition("! ! \(condition.name)", { !(!predicate($0)) }, holds),
                ] {
                    try await scene.expect(opposite, among: QueryThing.seven)
                }
            }
        }
    }

    private static func truths<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.truths",
            "A condition that is selected, compared with another or grouped by is true or false."
        ) { scene in
            let scene = try await scene.withSeven()
            for condition in conditions {
                let values = QueryThings.all.order { [$0.id.ascending] }
                    .select { ($0.id, condition.predicate($0)) }
                let truths = try await scene.store.query(values, limit: 7).map(\.1)
                try scene.context.expectEqual(
                    truths, QueryThing.seven.map(condition.holds), "for each: \(condition.name)")
                let groups = QueryThings.all.group { [condition.predicate($0)] }
                    .select { (condition.predicate($0), $0.count) }
                let counts = try await scene.store.query(groups, limit: 7)
                try scene.context.expectEqual(
                    Dictionary(uniqueKeysWithValues: counts),
                    Dictionary(grouping: QueryThing.seven, by: condition.holds)
                        .mapValues(\.count), "how many for each truth of \(condition.name)")
                for other in conditions {
                    let both = QueryCondition(
                        "\(condition.name) as \(other.name)",
                        { condition.predicate($0) == other.predicate($0) }
                    ) { condition.holds($0) == other.holds($0) }
                    try await scene.expect(both, among: QueryThing.seven)
                }
            }
        }
    }

    private static func randomConditions<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.random-conditions",
            "Any conditions put together find what they find in Swift."
        ) { scene in
            var random = scene.context.makeGenerator()
            let things = (1...40).map { id in
                QueryThing(
                    id: id, name: "\("oO%_*".randomElement(using: &random) ?? "o")\(id)",
                    number: Int.random(in: 0..<5, using: &random),
                    parent: Bool.random(using: &random)
                        ? nil : Int.random(in: 1...id, using: &random))
            }
            try await scene.store.execute(QueryThings.insert(things))
            for _ in 0..<60 {
                let drawn = condition(depth: 3, &random)
                scene.context.note(drawn.name)
                try await scene.expect(drawn, among: things)
            }
        }
    }

    private static func condition(
        depth: Int, _ random: inout SeededGenerator
    ) -> QueryCondition {
        guard depth > 0 else { return leaf(&random) }
        let left = condition(depth: depth - 1, &random)
        let right = condition(depth: depth - 1, &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            return QueryCondition("!(\(left.name))", { !left.predicate($0) }) { !left.holds($0) }
        case 1, 2:
            return QueryCondition(
                "(\(left.name) && \(right.name))", { left.predicate($0) && right.predicate($0) }
            ) { left.holds($0) && right.holds($0) }
        case 3, 4:
            return QueryCondition(
                "(\(left.name) || \(right.name))", { left.predicate($0) || right.predicate($0) }
            ) { left.holds($0) || right.holds($0) }
        default:
            return QueryCondition(
                "(\(left.name) != \(right.name))", { left.predicate($0) != right.predicate($0) }
            ) { left.holds($0) != right.holds($0) }
        }
    }

    private static func leaf(_ random: inout SeededGenerator) -> QueryCondition {
        let number = Int.random(in: 0..<5, using: &random)
        let parent = Bool.random(using: &random) ? nil : number
        let letter = "oO%_*".randomElement(using: &random).map(String.init) ?? "o"
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return QueryCondition("parent is", { $0.parent == parent }) { $0.parent == parent }
        case 1:
            return QueryCondition("parent is not", { $0.parent != parent }) { $0.parent != parent }
        case 2:
            return QueryCondition("parent below \(number)", { $0.parent < number }) {
                $0.parent.map { $0 < number } ?? false
            }
        case 3:
            return QueryCondition("number \(number)", { $0.number == number }) {
                $0.number == number
            }
        case 4:
            return QueryCondition("prefix \(letter)", { $0.name.hasPrefix(letter) }) {
                $0.name.hasPrefix(letter)
            }
        case 5:
            return QueryCondition("in a list", { $0.parent.isIn([number, 9, 17]) }) {
                $0.parent == number || $0.parent == 9 || $0.parent == 17
            }
        case 6:
            return QueryCondition("sum", { $0.number * 3 + $0.id > number * 8 }) {
                $0.number * 3 + $0.id > number * 8
            }
        default:
            return QueryCondition("id is parent", { $0.id == $0.parent }) { $0.id == $0.parent }
        }
    }
}
