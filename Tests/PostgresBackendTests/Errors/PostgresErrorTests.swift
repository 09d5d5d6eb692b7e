import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "What can go wrong with PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresErrorTests {
    @Test("a syntax error names the statement and where it stumbled")
    func syntax() async throws {
        try await PostgresWorld.with { database in
            let error = try await expectError(.invalidStatement) {
                _ = try await database.first("SELEKT \(1)", as: Int.self)
            }
            #expect(error.message.contains("at character 1"))
            #expect(error.statement == "SELEKT $1")
            #expect(error.operation == "first")
            #expect(error.native == .init(domain: "sqlstate", name: "42601"))
            #expect(!error.mayHaveBeenApplied)
        }
    }

    @Test("a violated constraint is named with its table, and no value is in the description")
    func constraints() async throws {
        try await PostgresWorld.with { database in
            try await database.execute(
                "CREATE TABLE person (id int PRIMARY KEY, mail text UNIQUE, age int CHECK (age>0))"
            )
            let insert: @Sendable (Int, String, Int) -> SQL = { id, mail, age in
                "INSERT INTO person VALUES (\(id), \(mail), \(age))"
            }
            try await database.execute(insert(1, "secret@example.com", 1))
            let key = try await expectError(.alreadyExists) {
                try await database.execute(insert(1, "b", 1))
            }
            let unique = try await expectError(.constraintViolation) {
                try await database.execute(insert(2, "secret@example.com", 1))
            }
            let check = try await expectError(.constraintViolation) {
                try await database.execute(insert(3, "classified", -1))
            }
            for (error, constraint) in [
                (key, "person_pkey"), (unique, "person_mail_key"), (check, "person_age_check"),
            ] {
                let details = try #require(error.underlying as? PostgresServerError)
                #expect(details.constraint == constraint && details.table == "person")
                #expect(error.constraint?.name == constraint)
                #expect(error.message.contains(constraint))
                #expect(!"\(error)".contains("secret") && !"\(error)".contains("classified"))
            }
            #expect(unique.constraint?.columns == ["mail"] && unique.constraint?.kind == .unique)
            #expect(key.constraint?.columns == ["id"] && key.constraint?.kind == .primaryKey)
            #expect(check.constraint?.kind == .check && check.constraint?.table == "person")
            // The server's own words quote the value; they are there for whoever asks.
            #expect((unique.underlying as? PostgresServerError)?.detail?.contains("secret") == true)
        }
    }

    @Test("a value that does not parse is not repeated")
    func data() async throws {
        try await PostgresWorld.with { database in
            let error = try await expectError(.invalidArgument) {
                _ = try await database.first("SELECT \("s3cret")::int", as: Int.self)
            }
            #expect(!"\(error)".contains("s3cret"))
            try await expectError(.outOfRange) {
                _ = try await database.first("SELECT \(1 << 40)::int8::int4", as: Int.self)
            }
            try await expectError(.encodingFailed) {
                _ = try await database.first("SELECT \("a\0b")", as: String.self)
            }
        }
    }

    @Test("an unknown type of a parameter, a COPY, a BEGIN: each says what to do instead")
    func misuse() async throws {
        try await PostgresWorld.with { database in
            let cast = try await expectError(.invalidStatement) {
                _ = try await database.first("SELECT \("x") IS NULL", as: Bool.self)
            }
            #expect(cast.message.contains("::text"))
            try await expectError(.unsupported) {
                try await database.execute("COPY pg_am TO STDOUT")
            }
            for statement in ["BEGIN", "/* x */ commit", " -- y\nSAVEPOINT a"] as [SQL] {
                try await expectError(.invalidState) { try await database.execute(statement) }
            }
            let one = try await database.first("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }

    @Test("a commit that the server refuses has changed nothing", arguments: [true, false])
    func deferred(byItself: Bool) async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE a (id int PRIMARY KEY)")
            try await database.execute(
                "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED)")
            let error = try await expectError(.constraintViolation) {
                if byItself {
                    try await database.execute("INSERT INTO b VALUES (7)")
                } else {
                    try await database.withTransaction {
                        _ = try await $0.execute("INSERT INTO b VALUES (7)")
                    }
                }
            }
            #expect(!error.mayHaveBeenApplied)
            #expect(try await database.first("SELECT count(*) FROM b", as: Int.self) == 0)
        }
    }

    @Test("a wrong password is unauthenticated, at once for all who wait, and in no message")
    func password() async throws {
        var options = try PostgresAddress(TestServer.postgres.url()).options
        options["password"] = "wr0ng-and-s3cret"
        let address = PostgresAddress(options: options)
        let database = PostgresDatabase(address)
        await withTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    _ = try? await expectError(.unauthenticated) {
                        do {
                            try await database.execute("SELECT 1")
                        } catch let error as StorageError {
                            #expect(!"\(error)".contains("s3cret"))
                            #expect(!error.isRetryable && !error.mayHaveBeenApplied)
                            throw error
                        }
                    }
                }
            }
        }
        #expect(!"\(address)".contains("s3cret"))
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("s3cret"))
        await database.close()
    }

    @Test("an address that libpq does not understand is refused without being quoted")
    func address() async throws {
        for text in ["postgresql://u:s3cret@[::1", "host", "s3cret", "a\0b"] {
            let error = try await expectError(.invalidArgument) { _ = try PostgresAddress(text) }
            #expect(!"\(error)".contains("s3cret"))
        }
        let address = try PostgresAddress("postgresql://app:s3cret@db.example:5433/shop")
        #expect(address.description == "postgres:db.example:5433/shop")
    }

    @Test("a database that is not there, and a server that is not there")
    func nothingThere() async throws {
        var options = try PostgresAddress(TestServer.postgres.url()).options
        options["dbname"] = "no_such_database"
        let absent = PostgresDatabase(PostgresAddress(options: options))
        try await expectError(.notFound) { try await absent.open() }
        await absent.close()
        let nowhere = try PostgresDatabase("postgresql://x@127.0.0.1:1/x")
        let error = try await expectError(.unavailable) { try await nowhere.open() }
        #expect(error.isRetryable && error.operation == "open")
        await nowhere.close()
    }
}
