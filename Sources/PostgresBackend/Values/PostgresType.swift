/// A type of PostgreSQL's by its number in `pg_type`, which is the same in every database for those
/// that come with the server (`src/include/catalog/pg_type.dat`).
struct PostgresType: Hashable, Sendable {
    let oid: UInt32

    /// Left to the server, which takes what the place in the statement asks for.
    static let inferred = PostgresType(oid: 0)
    static let bool = PostgresType(oid: 16)
    static let bytea = PostgresType(oid: 17)
    static let char = PostgresType(oid: 18)
    static let name = PostgresType(oid: 19)
    static let int8 = PostgresType(oid: 20)
    static let int2 = PostgresType(oid: 21)
    static let int4 = PostgresType(oid: 23)
    static let text = PostgresType(oid: 25)
    static let objectID = PostgresType(oid: 26)
    static let json = PostgresType(oid: 114)
    static let xml = PostgresType(oid: 142)
    static let float4 = PostgresType(oid: 700)
    static let float8 = PostgresType(oid: 701)
    static let unknown = PostgresType(oid: 705)
    static let blankPadded = PostgresType(oid: 1042)
    static let varchar = PostgresType(oid: 1043)
    static let date = PostgresType(oid: 1082)
    static let timestamp = PostgresType(oid: 1114)
    static let timestampTZ = PostgresType(oid: 1184)
    static let numeric = PostgresType(oid: 1700)
    static let uuid = PostgresType(oid: 2950)
    static let void = PostgresType(oid: 2278)
    static let jsonb = PostgresType(oid: 3802)

    /// Numbers from here on are given to types that the database's users have made: enumerations,
    /// for example, and those of extensions.
    private static let firstOfUsers: UInt32 = 16384

    var isMadeByUser: Bool { oid >= Self.firstOfUsers }

    /// The type as error messages name it.
    var description: String {
        Self.names[self] ?? (isMadeByUser ? "a type of its own" : "type \(oid)")
    }

    private static let names: [PostgresType: String] = [
        .bool: "boolean", .bytea: "bytea", .char: "\"char\"", .name: "name", .int8: "bigint",
        .int2: "smallint", .int4: "integer", .text: "text", .objectID: "oid", .json: "json",
        .xml: "xml", .float4: "real", .float8: "double precision", .unknown: "unknown",
        .blankPadded: "character", .varchar: "character varying", .date: "date",
        .timestamp: "timestamp", .timestampTZ: "timestamp with time zone", .numeric: "numeric",
        .uuid: "uuid", .void: "void", .jsonb: "jsonb", PostgresType(oid: 1083): "time",
        PostgresType(oid: 1186): "interval", PostgresType(oid: 869): "inet",
        PostgresType(oid: 650): "cidr", PostgresType(oid: 1007): "integer[]",
        PostgresType(oid: 1016): "bigint[]", PostgresType(oid: 1009): "text[]",
        PostgresType(oid: 790): "money", PostgresType(oid: 3614): "tsvector",
    ]
}
