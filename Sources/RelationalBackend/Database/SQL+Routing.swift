internal import StorageKit

extension SQL {
    /// Whether a statement that is asked for rows may change some, so that the writer has to run
    /// it.
    ///
    /// Only its beginning is looked at, and for `WITH` whether it says RETURNING anywhere. Being
    /// wrong costs a wait for the writer, which may run any statement, and is right to: a reader
    /// refuses a write.
    var mayReturnChanges: Bool {
        guard let rendered = try? rendered(for: SQLiteDialect()) else { return false }
        return rendered.mayReturnChanges
    }
}

extension RenderedSQL {
    /// The same for a statement whose text is at hand.
    var mayReturnChanges: Bool {
        guard mayShareCommit else { return false }
        return !begins(with: "WITH") || text.lowercased().contains("returning")
    }
}
