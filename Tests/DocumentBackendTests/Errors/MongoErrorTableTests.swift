import StorageKit
import Testing

@testable import DocumentBackend

@Suite("MongoDB's errors")
struct MongoErrorTableTests {
    @Test("no code is there twice")
    func unique() {
        #expect(Set(MongoErrorTable.server.map(\.number)).count == MongoErrorTable.server.count)
        #expect(Set(MongoErrorTable.driver.map(\.number)).count == MongoErrorTable.driver.count)
    }

    @Test("each row gives its code, its name and its advice", arguments: MongoErrorTable.server)
    func rows(row: MongoErrorMapping.Row) throws {
        let reply: Document = ["code": .int32(Int32(row.number)), "codeName": "Other"]
        let error = try #require(MongoErrorMapping.serverError(reply, text: nil))
        #expect(error.code == row.code)
        #expect(error.message == row.advice)
        #expect(error.native == .init(domain: "mongodb", name: row.name, number: row.number))
        #expect(error.isRetryable == row.isRetryable ?? row.code.isRetryableByDefault)
    }

    @Test("a code that is not in the table keeps its number and the server's name")
    func unknown() throws {
        let reply: Document = ["code": 424_242, "codeName": "Whatever", "errmsg": "secret"]
        let error = try #require(MongoErrorMapping.serverError(reply, text: nil))
        #expect(error.code == .internalError)
        #expect(error.native?.description == "mongodb Whatever (424242)")
        #expect(!error.description.contains("secret"))
    }

    @Test(
        "a label says that trying again may help",
        arguments: ["TransientTransactionError", "RetryableWriteError"])
    func labels(label: String) throws {
        let reply: Document = ["code": 2, "errorLabels": [.string(label)]]
        let error = try #require(MongoErrorMapping.serverError(reply, text: nil))
        #expect(error.isRetryable)
    }

    @Test("a taken identifier is the primary key's, another value that of its index")
    func constraints() throws {
        let id: Document = ["code": 11_000, "keyPattern": ["_id": 1]]
        let email: Document = ["code": 11_000, "keyPattern": ["email": 1, "name": 1]]
        #expect(
            MongoErrorMapping.serverError(id, text: nil)?.constraint
                == .init(.primaryKey, columns: ["_id"]))
        #expect(
            MongoErrorMapping.serverError(email, text: nil)?.constraint
                == .init(.unique, columns: ["email", "name"]))
    }
}
