/// How a database would run a statement, in its own words.
public struct QueryPlan: Hashable, Sendable, CustomStringConvertible {
    /// The steps, each behind the one that it is a part of.
    public let steps: [PlanStep]

    /// A line for each step, parts indented.
    public var description: String { steps.lines }
}

extension RelationalQuerying {
    /// How the database would run a statement; it is not run.
    ///
    /// One round trip. For people: the words differ from database to database and from version to
    /// version.
    public func explain(_ statement: some TypedStatement) async throws(StorageError) -> QueryPlan {
        try await explain(statement.sql)
    }

    /// How the database would run a statement; it is not run.
    public func explain(_ sql: SQL) async throws(StorageError) -> QueryPlan {
        let lines = try await query(
            dialect.explanation(of: sql), as: PlanLine.self, limit: 10_000)
        return QueryPlan(lines)
    }
}

/// A line of a plan: SQLite gives the number of the line it is a part of, others indent it.
private struct PlanLine: Decodable {
    let id: Int?
    let parent: Int?
    let text: String

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        id = try row.decodeIfPresent(Int.self, forKey: Key(stringValue: "id"))
        parent = try row.decodeIfPresent(Int.self, forKey: Key(stringValue: "parent"))
        let detail = try row.decodeIfPresent(String.self, forKey: Key(stringValue: "detail"))
        text = try detail ?? row.decode(String.self, forKey: Key(stringValue: "QUERY PLAN"))
    }
}

extension QueryPlan {
    fileprivate init(_ lines: [PlanLine]) {
        var depths: [Int: Int] = [:]
        steps = lines.map { line in
            let indentation = line.text.prefix { $0 == " " }.count
            let depth = line.parent.map { (depths[$0] ?? -1) + 1 } ?? indentation / 2
            if let id = line.id { depths[id] = depth }
            return PlanStep(String(line.text.dropFirst(indentation)), depth: depth)
        }
    }
}
