import RelationalBackend
@testable import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite("Keyset pages")
struct KeysetPageTests {
    typealias Order = @Sendable (TableReference<People>) -> [SQLOrder]

    @Test("the condition for the next page is a range of an index")
    func conditions() throws {
        func condition(_ orders: Order) throws -> String {
            let order = try KeysetOrder(orders(People.all.scope), of: "person", key: ["id"])
            let cursor = try order.cursor(after: QueryTables.people[0])
            return try order.condition(after: cursor).rendered(for: StandardDialect()).text
        }
        #expect(try condition { _ in [] } == #""id" > $1"#)
        #expect(try condition { [$0.id.descending] } == #""id" < $1"#)
        #expect(try condition { [$0.name.ascending] } == #"("name", "id") > ($1, $2)"#)
        #expect(try condition { [$0.score.descending] } == #"("score", "id") < ($1, $2)"#)
        #expect(
            try condition { [$0.score.descending, $0.id.ascending] } == """
                ("score" <= $1 AND ("score" < $2 OR ("score" = $3 AND "id" > $4)))
                """)
    }

    static let orders: [Order] = [
        { _ in [] },
        { [$0.id.descending] },
        { [$0.score.ascending] },
        { [$0.score.descending, $0.active.ascending] },
        { [$0.active.ascending, $0.score.descending, $0.name.ascending] },
    ]

    @Test("pages hold every row once and in order, of any order and any length", arguments: 0..<5)
    func walk(index: Int) async throws {
        var generator = SeededGenerator(seed: testSeed &+ UInt64(index))
        let database = try await QueryTables.empty()
        let people = (0..<50).map { id in
            Person(
                id: id, name: "\(id % 7) of \(id)", nick: nil, age: nil,
                score: Double(Int.random(in: 0..<4, using: &generator)),
                active: Bool.random(using: &generator))
        }
        try await database.execute(People.insert(people.shuffled(using: &generator)))
        let query = People.all.order(Self.orders[index])
        let length = Int.random(in: 1...20, using: &generator)
        var seen: [Person] = []
        var page = try await database.page(query, limit: length)
        seen += page.rows
        while let next = page.next {
            #expect(page.rows.count == length)
            page = try await database.page(query, after: next, limit: length)
            #expect(!page.rows.isEmpty, "a page that was announced has rows")
            seen += page.rows
        }
        #expect(Set(seen) == Set(people) && seen.count == people.count, "seed \(testSeed)")
        let last = Self.orders[index](People.all.scope).last?.isDescending ?? false
        let whole = try await database.query(
            query.order { person in
                Self.orders[index](person) + [last ? person.id.descending : person.id.ascending]
            }, limit: 50)
        #expect(seen == whole, "seed \(testSeed)")
        await database.close()
    }

    @Test("pages go by decimal numbers in the order of their values")
    func decimals() async throws {
        let database = try await QueryTables.filled()
        for (order, ids) in [
            ({ [$0.amount.ascending] }, [4, 1, 5, 3, 2]),
            ({ [$0.amount.descending, $0.id.ascending] }, [2, 3, 1, 5, 4]),
        ] as [((TableReference<Prices>) -> [SQLOrder], [Int])] {
            let query = Prices.all.order(order)
            var page = try await database.page(query, limit: 1)
            var seen = page.rows.map(\.id)
            while let next = page.next {
                page = try await database.page(query, after: next, limit: 1)
                seen += page.rows.map(\.id)
            }
            #expect(seen == ids)
        }
        await database.close()
    }

    @Test("rows that come and go before the page do not move it")
    func stability() async throws {
        let database = try await QueryTables.filled()
        let first = try await database.page(People.all, limit: 2)
        try await database.execute(People.delete { $0.id == 1 })
        let second = try await database.page(People.all, after: first.next, limit: 2)
        #expect(first.rows.map(\.id) == [1, 2] && second.rows.map(\.id) == [3, 4])
        #expect(second.next == nil)
        await database.close()
    }

    @Test("an order that pages cannot have is refused, and so is a foreign cursor")
    func refusals() async throws {
        let database = try await QueryTables.filled()
        for order: Order in [{ [$0.age.ascending] }, { [($0.score * 2).ascending] }] {
            try await expectError(.invalidArgument) {
                _ = try await database.page(People.all.order(order), limit: 1)
            }
        }
        let cursor = try await database.page(People.all, limit: 1).next
        try await expectError(.invalidArgument) {
            let query = People.all.order { [$0.name.ascending] }
            _ = try await database.page(query, after: cursor, limit: 1)
        }
        try await expectError(.invalidArgument) {
            _ = try await database.page(People.all, limit: 0)
        }
        // As many columns of the same types, but other ones, another way, or another table.
        try await expectError(.invalidArgument) {
            _ = try await database.page(
                People.all.order { [$0.id.descending] }, after: cursor, limit: 1)
        }
        try await expectError(.invalidArgument) {
            _ = try await database.page(Visits.all, after: cursor, limit: 1)
        }
        let byHost = try await database.page(Visits.all.order { [$0.host.ascending] }, limit: 1)
        try await expectError(.invalidArgument) {
            _ = try await database.page(
                Visits.all.order { [$0.minutes.ascending] }, after: byHost.next, limit: 1)
        }
        try await expectError(.invalidArgument) {
            _ = try await database.page(
                Certain.all.order { [$0.nick.ascending] }, limit: 1)
        }
        await database.close()
    }
}

/// People, by somebody who believes that each has a nickname.
private struct Certain: TableDescription {
    typealias Row = Person
    static let name = "person"
    let nick = TableColumn<String>("nick")
}
