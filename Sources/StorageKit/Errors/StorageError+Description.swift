extension StorageError: CustomStringConvertible {
    /// The error on one line, fit for a log.
    ///
    /// ```
    /// alreadyExists in insert on sqlite:todo.db: a row with this key exists; use replace or upsert
    /// [sqlite SQLITE_CONSTRAINT_PRIMARYKEY (1555)] statement: INSERT INTO "todo" VALUES (?, ?)
    /// ```
    ///
    /// (one line, broken here to fit). In this order: the code; `in` the operation and `on` the
    /// store where known; the message; the native code in brackets; `retryable` and
    /// `may have been applied` in parentheses when true; the statement with its values withheld;
    /// the underlying error, a foreign one by its type alone. Line breaks in the parts
    /// become spaces, so that one error is one line of a log.
    public var description: String {
        var text = code.description
        if let operation { text += " in \(operation)" }
        if let store { text += " on \(store)" }
        text += ": \(message)"
        if let native { text += " [\(native)]" }
        if !remarks.isEmpty { text += " (\(remarks.joined(separator: ", ")))" }
        if let statement { text += " statement: \(statement)" }
        if let underlying, !(underlying is CancellationError) {
            // Of a foreign error only the type: its own words may quote a value.
            let cause = (underlying as? StorageError)?.description ?? "\(type(of: underlying))"
            text += " cause: \(cause)"
        }
        return text.withoutLineBreaks
    }

    private var remarks: [String] {
        var remarks: [String] = []
        if isRetryable { remarks.append("retryable") }
        if mayHaveBeenApplied { remarks.append("may have been applied") }
        return remarks
    }
}

extension String {
    /// The string with each run of line breaks, and the blanks around it, as one space.
    fileprivate var withoutLineBreaks: String {
        guard contains(where: \.isNewline) else { return self }
        return split(whereSeparator: \.isNewline)
            .map { $0.drop { $0 == " " || $0 == "\t" } }
            .joined(separator: " ")
    }
}
