internal import StorageKit

/// A table and those of its columns that rows are copied to.
struct CopyTarget: Sendable {
    let table: String
    let columns: [String]

    /// The COPY.
    func statement() throws(StorageError) -> String {
        "COPY \(try name()) (\(try names())) FROM STDIN (FORMAT binary)"
    }

    /// An INSERT with a parameter for each column, by which the server tells their types.
    func insertion() throws(StorageError) -> String {
        let values = (1...max(1, columns.count)).map { "$\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(try name()) (\(try names())) VALUES (\(values))"
    }

    private func name() throws(StorageError) -> String { try PostgresDialect().quoted(table) }

    private func names() throws(StorageError) -> String {
        var names: [String] = []
        for column in columns { names.append(try PostgresDialect().quoted(column)) }
        return names.joined(separator: ", ")
    }
}

extension PostgresHeldConnection {
    /// How the columns want their values.
    ///
    /// The server is asked about an `INSERT`, whose parameters have the columns' types. It needs no
    /// right that COPY does not need, and locks the table as COPY does, to the end of the
    /// transaction: nobody gives a column another type in between, as which the same bytes would be
    /// another value.
    ///
    /// One round trip, and one more when there are types that somebody has made.
    func columns(of target: CopyTarget) async throws(StorageError) -> [CopyColumn] {
        let step = PostgresExchange.Step(work: .description(try target.insertion()))
        let types = try await hold.run([step], serial, inTransaction: true).parameterTypes
        let unknown = Set(types.filter { CopyColumn.Form($0) == nil })
        let made = unknown.isEmpty ? [:] : try await forms(of: unknown)
        var columns: [CopyColumn] = []
        for (name, type) in zip(target.columns, types) {
            let (form, typeName) = made[type] ?? (CopyColumn.Form(type), type.description)
            guard let form else { throw .notCopied(name, typeName) }
            columns.append(CopyColumn(name: name, form: form, typeName: typeName))
        }
        return columns
    }

    /// How types want their values that are no types of the server's own, or are not copied.
    ///
    /// A domain is written as the type that it is made of.
    private func forms(
        of types: Set<PostgresType>
    ) async throws(StorageError) -> [PostgresType: (CopyColumn.Form?, String)] {
        let numbers = types.map { "\($0.oid)" }.sorted().joined(separator: ", ")
        let statement = PostgresStatement(
            text: """
                WITH RECURSIVE chain (asked, oid) AS (
                    SELECT t.oid, t.oid FROM pg_catalog.pg_type t WHERE t.oid IN (\(numbers))
                    UNION ALL
                    SELECT c.asked, t.typbasetype FROM chain c
                    JOIN pg_catalog.pg_type t ON t.oid = c.oid WHERE t.typtype = 'd')
                SELECT c.asked::int8, c.oid::int8, t.typtype::text,
                    (SELECT proname::text FROM pg_catalog.pg_proc p WHERE p.oid = t.typreceive),
                    pg_catalog.format_type(c.asked, NULL)
                FROM chain c JOIN pg_catalog.pg_type t ON t.oid = c.oid WHERE t.typtype <> 'd'
                """)
        let result = try await hold.run(
            [.init(work: .statement(statement), demand: .upTo(.max))], serial, inTransaction: true)
        let form = PostgresRowForm<(Int64, Int64, String, String?, String)>.tuple()
        let rows = try form.rows(of: result, statement)
        var forms: [PostgresType: (CopyColumn.Form?, String)] = [:]
        for (asked, base, kind, receiver, name) in rows {
            let form =
                CopyColumn.Form(PostgresType(oid: UInt32(clamping: base)))
                ?? CopyColumn.Form(kind: kind, receiver: receiver ?? "")
            forms[PostgresType(oid: UInt32(clamping: asked))] = (form, name)
        }
        return forms
    }
}

extension StorageError {
    fileprivate static func notCopied(_ column: String, _ type: String) -> StorageError {
        StorageError(
            code: .unsupported,
            message: "column \"\(column)\" is of type \(type), whose values cannot be copied; "
                + "leave it out, or use INSERT")
    }
}
