import Foundation
package import StorageKit

/// What ``QueryCase`` asks about: a few rows in three tables.
package enum QueryTables {
    package static let people = [
        Person(id: 1, name: "Ada", nick: nil, age: 36, score: 9.5, active: true),
        Person(id: 2, name: "Blaise", nick: "B%", age: nil, score: 7, active: false),
        Person(id: 3, name: "Carl", nick: "princeps", age: 77, score: 9.5, active: true),
        Person(id: 4, name: "adam", nick: "", age: 36, score: -1, active: false),
    ]

    package static let visits = [
        Visit(id: 1, person: 1, host: 3, minutes: 30),
        Visit(id: 2, person: nil, host: 3, minutes: 5),
        Visit(id: 3, person: 1, host: 2, minutes: 10),
        Visit(id: 4, person: 3, host: 1, minutes: 60),
    ]

    /// The same number is written in several ways.
    private static let prices: [(id: Int, amount: String, old: String?)] = [
        (1, "1.00", nil), (2, "10", "9.50"), (3, "9.5", "9.5"), (4, "-0.30", "0.1"), (5, "1", "1"),
    ]

    /// Creates the tables.
    ///
    /// - Parameters:
    ///   - columnType: The type of a column for values of a kind.
    ///   - ending: What stands behind the columns.
    package static func create(
        on database: some RelationalQuerying, ending: SQL = "", _ columnType: (SQLType) -> SQL
    ) async throws {
        let (integer, text) = (columnType(.integer), columnType(.text))
        let (real, decimal) = (columnType(.real), columnType(.decimal))
        try await database.execute(
            """
            CREATE TABLE person (
                id \(integer) PRIMARY KEY, name \(text) NOT NULL UNIQUE, nick \(text),
                age \(integer), score \(real) NOT NULL, active \(columnType(.boolean)) NOT NULL
            ) \(ending)
            """)
        try await database.execute(
            """
            CREATE TABLE visit (
                id \(integer) PRIMARY KEY, person \(integer), host \(integer) NOT NULL,
                minutes \(integer) NOT NULL
            ) \(ending)
            """)
        try await database.execute(
            """
            CREATE TABLE price (
                id \(integer) PRIMARY KEY, amount \(decimal) NOT NULL, old \(decimal)
            ) \(ending)
            """)
    }

    /// Puts the rows into the tables.
    package static func fill(_ database: some RelationalQuerying) async throws {
        try await database.execute(People.insert(people))
        try await database.execute(Visits.insert(visits))
        for price in prices {
            try await database.execute(
                """
                INSERT INTO price (id, amount, old)
                VALUES (\(price.id), \(price.amount), \(price.old as String?))
                """)
        }
    }
}
