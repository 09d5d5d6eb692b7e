import StorageKit
import StorageKitTesting

/// A random statement that SQLite and PostgreSQL both understand, and should both do the same with.
///
/// Of what SQL leaves open nothing is used: rows have an order, division by zero and overflows do
/// not occur.
struct PortableStatement: Sendable {
    enum Kind: Sendable {
        /// How many rows it changes is compared.
        case change
        /// Its rows are compared, in their order: two integers and a text.
        case rows
        /// The same in any order, for what a change returns.
        case returning
    }

    let sql: SQL
    let kind: Kind

    /// The tables, made anew.
    static let schema: [SQL] = [
        "CREATE TABLE owner (id BIGINT NOT NULL PRIMARY KEY, title TEXT)",
        """
        CREATE TABLE item (
            id BIGINT NOT NULL PRIMARY KEY, owner BIGINT REFERENCES owner (id), name TEXT,
            amount BIGINT NOT NULL CHECK (amount >= 0), UNIQUE (owner, name)
        )
        """,
        "INSERT INTO owner VALUES (1, 'a'), (2, 'b'), (3, NULL)",
    ]

    /// Everything that is there, to be compared at the end.
    static let all = PortableStatement(
        sql: "SELECT id, amount, COALESCE(name, '-') || COALESCE(owner, 0) FROM item ORDER BY id",
        kind: .rows)

    static func random(_ random: inout SeededGenerator) -> PortableStatement {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<5: insert(&random)
        case 5..<8: upsert(&random)
        case 8..<11: update(&random)
        case 11..<13: delete(&random)
        case 13..<15: returning(&random)
        default: question(&random)
        }
    }

    // MARK: Changes

    private static func insert(_ random: inout SeededGenerator) -> PortableStatement {
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            change("INSERT INTO owner VALUES (\(number(5, &random)), \(name(&random)))")
        case 1:
            change(
                """
                INSERT INTO item SELECT id + \(number(9, &random)), owner, name || 'x', amount
                FROM item WHERE \(condition(&random)) ORDER BY id ON CONFLICT DO NOTHING
                """)
        default: change("INSERT INTO item (id, owner, name, amount) VALUES \(row(&random))")
        }
    }

    private static func upsert(_ random: inout SeededGenerator) -> PortableStatement {
        let insert: SQL = "INSERT INTO item (id, owner, name, amount) VALUES \(row(&random))"
        let clause: SQL =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "ON CONFLICT DO NOTHING"
            case 1: "ON CONFLICT (owner, name) DO UPDATE SET amount = excluded.amount"
            case 2:
                """
                ON CONFLICT (id) DO UPDATE SET amount = item.amount + excluded.amount
                WHERE item.amount < \(number(9, &random))
                """
            default: "ON CONFLICT (id) DO UPDATE SET name = excluded.name, owner = NULL"
            }
        return change("\(insert) \(clause)")
    }

    private static func update(_ random: inout SeededGenerator) -> PortableStatement {
        let change: SQL =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "amount = amount - \(number(3, &random))"
            case 1: "amount = CASE WHEN owner IS NULL THEN 0 ELSE amount + 1 END"
            case 2: "owner = NULL, name = \(name(&random))"
            default: "amount = COALESCE(owner, amount) * 2 % 7"
            }
        return .init(
            sql: "UPDATE item SET \(change) WHERE \(condition(&random))", kind: .change)
    }

    private static func delete(_ random: inout SeededGenerator) -> PortableStatement {
        Int.random(in: 0..<3, using: &random) == 0
            ? change("DELETE FROM owner WHERE id = \(number(5, &random))")
            : change("DELETE FROM item WHERE \(condition(&random)) AND \(condition(&random))")
    }

    private static func returning(_ random: inout SeededGenerator) -> PortableStatement {
        let statement: SQL =
            switch Int.random(in: 0..<3, using: &random) {
            case 0: "INSERT INTO item (id, owner, name, amount) VALUES \(row(&random))"
            case 1: "UPDATE item SET amount = amount + 1 WHERE \(condition(&random))"
            default: "DELETE FROM item WHERE id = \(number(9, &random))"
            }
        return .init(sql: "\(statement) RETURNING id, amount, name", kind: .returning)
    }

    private static func change(_ sql: SQL) -> PortableStatement { .init(sql: sql, kind: .change) }

    // MARK: Questions

    private static func question(_ random: inout SeededGenerator) -> PortableStatement {
        let condition = condition(&random)
        let sql: SQL =
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                """
                SELECT owner, CAST(sum(amount) AS BIGINT), max(name) FROM item WHERE \(condition)
                GROUP BY owner HAVING count(*) > \(number(2, &random)) ORDER BY owner NULLS LAST
                """
            case 1:
                """
                SELECT item.id, owner.id, owner.title FROM item
                LEFT JOIN owner ON owner.id = item.owner ORDER BY item.id
                """
            case 2:
                """
                SELECT owner.id, count(item.id), min(item.name) FROM owner
                JOIN item ON item.owner = owner.id GROUP BY owner.id ORDER BY owner.id
                """
            case 3:
                """
                SELECT id, row_number() OVER (PARTITION BY owner ORDER BY amount DESC, id), name
                FROM item WHERE \(condition) ORDER BY id
                """
            case 4:
                """
                WITH rich AS (SELECT * FROM item WHERE amount > \(number(5, &random)))
                SELECT id, amount, name FROM rich WHERE \(condition)
                UNION ALL SELECT id, 0, title FROM owner ORDER BY 1, 2
                """
            case 5:
                """
                SELECT DISTINCT owner, amount, CAST(NULL AS TEXT) FROM item WHERE \(condition)
                ORDER BY owner NULLS FIRST, amount
                """
            case 6:
                """
                SELECT count(*), CAST(COALESCE(sum(amount), -1) AS BIGINT), max(name) FROM item
                WHERE \(condition)
                """
            default:
                """
                SELECT id, amount, name FROM item WHERE \(condition) ORDER BY amount DESC, id
                LIMIT \(number(4, &random)) OFFSET \(number(3, &random))
                """
            }
        return .init(sql: sql, kind: .rows)
    }

    /// Something that is true, false or unknown of an item.
    private static func condition(_ random: inout SeededGenerator, depth: Int = 0) -> SQL {
        switch Int.random(in: 0..<(depth < 2 ? 13 : 9), using: &random) {
        case 0: "id = \(number(9, &random))"
        case 1: "amount > \(number(9, &random))"
        case 2: "owner IS NULL"
        case 3: "owner <> \(number(4, &random))"
        case 4: "name >= \(name(&random))"
        case 5: "id IN \((0..<3).map { _ in number(20, &random) })"
        case 6: "name IS DISTINCT FROM \(name(&random))"
        case 7: "amount % 3 = \(number(3, &random))"
        case 8:
            """
            EXISTS (SELECT 1 FROM owner WHERE owner.id = item.owner
                    AND title = \(name(&random)))
            """
        case 9: "NOT (\(condition(&random, depth: depth + 1)))"
        case 10:
            """
            (\(condition(&random, depth: depth + 1)) OR
             \(condition(&random, depth: depth + 1)))
            """
        case 11: "id BETWEEN \(number(9, &random)) AND \(number(20, &random))"
        default: "COALESCE(owner, 0) = \(number(4, &random))"
        }
    }

    private static func row(_ random: inout SeededGenerator) -> SQL {
        let owner: Int? =
            Int.random(in: 0..<3, using: &random) == 0 ? nil : number(5, &random)
        let amount: Int? =
            switch Int.random(in: 0..<14, using: &random) {
            case 0: nil
            case 1: -1
            default: number(9, &random)
            }
        let (owning, holding) = (value(owner), value(amount))
        return "(\(number(20, &random)), \(owning), \(name(&random)), \(holding))"
    }

    private static func number(_ limit: Int, _ random: inout SeededGenerator) -> Int {
        Int.random(in: 0..<limit, using: &random)
    }

    private static func value(_ number: Int?) -> SQLValue {
        number.map { .integer(Int64($0)) } ?? .null
    }

    private static func name(_ random: inout SeededGenerator) -> SQLValue {
        let names: [SQLValue] = [
            .text("a"), .text("b"), .text("ab"), .text("bx"), .text(""), .text("it's"), .null,
        ]
        return names[Int.random(in: names.indices, using: &random)]
    }
}
