/// What the server says a statement was, and how many rows it met: `INSERT 0 5`, `BEGIN`.
struct CommandTag: Hashable, Sendable {
    let text: String

    init(text: String) { self.text = text }

    /// The number of rows that were changed; 0 for a statement that changes none.
    var changedRows: Int {
        guard Self.changing.contains(where: text.hasPrefix) else { return 0 }
        return text.lastIndex(of: " ").flatMap { Int(text[text.index(after: $0)...]) } ?? 0
    }

    private static let changing = ["INSERT ", "UPDATE ", "DELETE ", "MERGE ", "COPY "]

    /// Whether it may have left something behind that belongs to the session.
    var changesSession: Bool { Self.settling.contains { text.hasPrefix($0) } }

    private static let settling = ["SET", "RESET", "LISTEN", "UNLISTEN", "LOAD", "DISCARD"]

    /// Whether the names of prepared statements are gone.
    var forgetsStatements: Bool { text == "DISCARD ALL" || text == "DEALLOCATE ALL" }
}
