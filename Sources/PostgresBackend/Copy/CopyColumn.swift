/// A column that rows of a COPY have values for.
struct CopyColumn: Hashable, Sendable {
    /// How its values are written: there are fewer ways than types.
    enum Form: Hashable, Sendable {
        case boolean
        case int2
        case int4
        case int8
        case objectID
        case float4
        case float8
        case numeric
        /// A type of characters, which has an assignment from every other type.
        case text
        /// What is written as text and is more than characters: `json`, an enumeration.
        case words
        case jsonb
        case bytes
        case uuid
        case timestampTZ
        /// Without a time zone, for which the session's is taken.
        case timestamp
        case date
    }

    let name: String
    let form: Form
    /// The type as its errors name it.
    let typeName: String
}

extension CopyColumn.Form {
    /// How values of one of the server's own types are written; `nil` for those that are not.
    init?(_ type: PostgresType) {
        guard let form = Self.forms[type] else { return nil }
        self = form
    }

    /// How values of a type that somebody has made are written.
    ///
    /// - Parameters:
    ///   - kind: Its `typtype` in `pg_type`.
    ///   - receiver: The function that reads its binary form.
    init?(kind: String, receiver: String) {
        switch (kind, receiver) {
        case ("e", _): self = .words
        case (_, "textrecv"), (_, "citextrecv"): self = .text
        default: return nil
        }
    }

    private static let forms: [PostgresType: Self] = [
        .bool: .boolean, .int2: .int2, .int4: .int4, .int8: .int8, .objectID: .objectID,
        .float4: .float4, .float8: .float8, .numeric: .numeric, .text: .text, .varchar: .text,
        .blankPadded: .text, .name: .text, .json: .words, .xml: .words, .jsonb: .jsonb,
        .bytea: .bytes, .uuid: .uuid, .timestampTZ: .timestampTZ, .timestamp: .timestamp,
        .date: .date,
    ]
}
