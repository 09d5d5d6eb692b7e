import StorageKit
import Testing

@testable import PostgresBackend

@Suite("Statements that go to PostgreSQL together")
struct PostgresExchangeTests {
    @Test(
        "whose process was ended under a commit does not know whether it was done",
        arguments: [("COMMIT", true), ("INSERT INTO t VALUES (1)", false)])
    func endedUnderCommit(text: String, isDoubtful: Bool) throws {
        let exchange = PostgresExchange(
            [.init(work: .command(text))], standsAlone: false, isShared: false)
        exchange.failure = .refused(
            PostgresServerError(state: "57P01", message: "terminating connection"), step: 0)
        let error = #expect(throws: StorageError.self) {
            try exchange.reply(.unknown).result(of: exchange, at: 0)
        }
        #expect(error?.code == .unavailable && error?.mayHaveBeenApplied == isDoubtful)
    }

    @Test("rows of an attempt that is repeated are forgotten")
    func repeatedRows() throws {
        let exchange = PostgresExchange(
            [.init(work: .command("SELECT NULL"), demand: .stream)], standsAlone: true,
            isShared: false)
        let block = try #require(exchange.stream?.filling)
        block.appendNull()
        block.endRow()
        exchange.reset()
        #expect(exchange.stream?.take() == nil)
    }
}
