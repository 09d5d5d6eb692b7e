import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("SQL of one's own in typed queries")
struct OwnSQLTests {
    @Test("an OR in it does not let rows past the other conditions, and a sum stays one")
    func precedence() async throws {
        let database = try await QueryTables.filled()
        let own = SQLPredicate("id = 1 OR id = 2")
        let ids = People.all.select { $0.id }
        #expect(try await database.query(ids, limit: 9).count == 4)
        for query in [
            People.all.filter { own && $0.active }, People.all.filter { $0.active && own },
            People.all.filter { _ in own }.filter { $0.active },
            People.all.filter { SQLExpression<Int>("id + 1") * 2 == $0.id + 3 },
        ] {
            #expect(try await database.query(query.select { $0.id }, limit: 9) == [1])
        }
        try await database.execute(People.delete { own && $0.active })
        #expect(try await database.count(People.all) == 3)
        await database.close()
    }

    @Test("fewer rows than none are refused, and the longest page is a page")
    func bounds() async throws {
        let database = try await QueryTables.filled()
        try await expectError(.invalidArgument) { _ = try await database.first(-1, of: People.all) }
        let page = try await database.page(People.all, limit: .max)
        #expect(page.rows == QueryTables.people && page.next == nil)
        await database.close()
    }
}
