import Foundation
import StorageKit

// Decimal numbers are numbers, also where they are kept as text.
extension QueryCase {
    private static func decimal(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }

    private static func prices(
        _ name: String, _ sqlite: String, standard: String, _ ids: String,
        _ condition: (TableReference<Prices>) -> SQLPredicate
    ) -> QueryCase {
        let select = "SELECT \"id\" FROM \"price\" WHERE "
        return QueryCase(
            name, Prices.all.filter(condition).select { $0.id }, select + sqlite,
            standard: select + standard, ids)
    }

    static let decimals: [QueryCase] = [
        prices(
            "a decimal is the same however it is written",
            #""amount" COLLATE STORAGEKIT_DECIMAL = ?"#, standard: #""amount" = $1"#, "[1, 5]"
        ) { $0.amount == 1 },
        prices(
            "ten comes behind nine", #""amount" COLLATE STORAGEKIT_DECIMAL > ?"#,
            standard: #""amount" > $1"#, "[2, 3]"
        ) { $0.amount > 9 },
        prices(
            "a list of decimals", #""amount" COLLATE STORAGEKIT_DECIMAL IN (?, ?)"#,
            standard: #""amount" IN ($1, $2)"#, "[1, 3, 5]"
        ) { $0.amount.isIn([decimal("9.50"), 1]) },
        prices(
            "a decimal that may be NULL differs", #""old" COLLATE STORAGEKIT_DECIMAL IS NOT ?"#,
            standard: #""old" IS DISTINCT FROM $1"#, "[1, 4, 5]"
        ) { $0.old != decimal("9.5") },
        prices(
            "two columns of decimals",
            #""amount" COLLATE STORAGEKIT_DECIMAL = "old" COLLATE STORAGEKIT_DECIMAL"#,
            standard: #""amount" = "old""#, "[3, 5]"
        ) { $0.amount == $0.old },
        QueryCase(
            "decimals in order",
            Prices.all.order { [$0.amount.ascending, $0.id.ascending] }.select { $0.id },
            """
            SELECT "id" FROM "price" ORDER BY "amount" COLLATE STORAGEKIT_DECIMAL, "id"
            """, standard: #"SELECT "id" FROM "price" ORDER BY "amount", "id""#,
            "[4, 1, 5, 3, 2]"),
        QueryCase(
            "arithmetic with every digit",
            tuples: Prices.all.filter { $0.id == 4 }
                .select { ($0.amount - decimal("0.1"), $0.amount * decimal("0.01") + $0.amount) },
            """
            SELECT storagekit_decimal_difference("amount" COLLATE STORAGEKIT_DECIMAL, ?) \
            COLLATE STORAGEKIT_DECIMAL, \
            storagekit_decimal_sum(\
            storagekit_decimal_product("amount" COLLATE STORAGEKIT_DECIMAL, ?) \
            COLLATE STORAGEKIT_DECIMAL, "amount" COLLATE STORAGEKIT_DECIMAL) \
            COLLATE STORAGEKIT_DECIMAL FROM "price" WHERE "id" = ?
            """,
            standard: """
                SELECT ("amount" - $1), (("amount" * $2) + "amount") FROM "price" WHERE "id" = $3
                """, "[(-0.4, -0.303)]"),
        QueryCase(
            "sums of decimals",
            tuples: Prices.all.select { ($0.amount.sum(), $0.old.sum()) },
            """
            SELECT storagekit_decimal_total("amount" COLLATE STORAGEKIT_DECIMAL) \
            COLLATE STORAGEKIT_DECIMAL, \
            storagekit_decimal_total("old" COLLATE STORAGEKIT_DECIMAL) \
            COLLATE STORAGEKIT_DECIMAL FROM "price"
            """,
            standard: #"SELECT sum("amount"), sum("old") FROM "price""#,
            "[(Optional(21.2), Optional(20.1))]"),
        QueryCase(
            "the least and the greatest decimal",
            tuples: Prices.all.select { ($0.amount.minimum(), $0.amount.maximum()) },
            """
            SELECT min("amount" COLLATE STORAGEKIT_DECIMAL) COLLATE STORAGEKIT_DECIMAL, \
            max("amount" COLLATE STORAGEKIT_DECIMAL) COLLATE STORAGEKIT_DECIMAL FROM "price"
            """,
            standard: #"SELECT min("amount"), max("amount") FROM "price""#,
            "[(Optional(-0.3), Optional(10))]"),
        QueryCase(
            "different decimals, and their mean",
            tuples: Prices.all.select { ($0.amount.distinctCount(), $0.amount.average()) },
            """
            SELECT count(DISTINCT "amount" COLLATE STORAGEKIT_DECIMAL), \
            (CAST(storagekit_decimal_total("amount" COLLATE STORAGEKIT_DECIMAL) \
            AS DOUBLE PRECISION) / count("amount" COLLATE STORAGEKIT_DECIMAL)) FROM "price"
            """,
            standard: """
                SELECT count(DISTINCT "amount"), \
                (CAST(sum("amount") AS DOUBLE PRECISION) / count("amount")) FROM "price"
                """, "[(4, Optional(4.24))]"),
        QueryCase(
            "decimals of nothing",
            tuples: Prices.all.filter { $0.id < 0 }.select { ($0.amount.sum(), $0.old.average()) },
            """
            SELECT storagekit_decimal_total("amount" COLLATE STORAGEKIT_DECIMAL) \
            COLLATE STORAGEKIT_DECIMAL, \
            (CAST(storagekit_decimal_total("old" COLLATE STORAGEKIT_DECIMAL) \
            AS DOUBLE PRECISION) / count("old" COLLATE STORAGEKIT_DECIMAL)) \
            FROM "price" WHERE "id" < ?
            """,
            standard: """
                SELECT sum("amount"), (CAST(sum("old") AS DOUBLE PRECISION) / count("old")) \
                FROM "price" WHERE "id" < $1
                """, "[(nil, nil)]"),
        QueryCase(
            "groups of decimals",
            tuples: Prices.all.group { [$0.amount] }.order { [$0.amount.descending] }
                .select { ($0.amount, $0.count) },
            """
            SELECT "amount" COLLATE STORAGEKIT_DECIMAL, count(*) FROM "price" \
            GROUP BY "amount" COLLATE STORAGEKIT_DECIMAL \
            ORDER BY "amount" COLLATE STORAGEKIT_DECIMAL DESC
            """,
            standard: """
                SELECT "amount", count(*) FROM "price" GROUP BY "amount" ORDER BY "amount" DESC
                """, "[(10, 1), (9.5, 1), (1, 2), (-0.3, 1)]"),
        QueryCase(
            "a decimal is changed by a decimal",
            change: Prices.update(where: { $0.amount <= 1 }) {
                [$0.set(\.amount, to: $0.amount + decimal("0.30"))]
            },
            then: Prices.all.order { [$0.id.ascending] }.select { $0.amount },
            """
            UPDATE "price" SET "amount" = \
            storagekit_decimal_sum("amount" COLLATE STORAGEKIT_DECIMAL, ?) \
            COLLATE STORAGEKIT_DECIMAL WHERE "amount" COLLATE STORAGEKIT_DECIMAL <= ?
            """,
            standard: """
                UPDATE "price" SET "amount" = ("amount" + $1) WHERE "amount" <= $2
                """, "[1.3, 10, 9.5, 0, 1.3]"),
    ]
}
