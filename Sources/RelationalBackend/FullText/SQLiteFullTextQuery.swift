public import StorageKit

/// A search for the right side of FTS5's `MATCH`, made from what a person typed.
///
/// ```swift
/// guard let search = SQLiteFullTextQuery(words: typed, isPrefix: true) else { return [] }
/// let found = try await database.query(
///     "SELECT title FROM note_text WHERE note_text MATCH \(search) ORDER BY rank LIMIT 20",
///     as: String.self)
/// ```
///
/// FTS5 has a language of its own (`AND`, `NEAR`, `title:`, `^`, `*`, quotes), and text that is
/// handed to it as it is becomes a syntax error or another search. Here every word is a quoted
/// string, so nothing in it has a meaning but its letters: no input is an error, and none reaches a
/// column that was not meant. What counts as a word's letters decides the table's tokenizer; one
/// that has none, `"!"`, is ignored beside others.
public struct SQLiteFullTextQuery: Hashable, Sendable {
    /// Which of the words a row must have.
    public enum Match: Hashable, Sendable {
        /// Every one.
        case all
        /// At least one.
        case any
    }

    /// The search in the language of FTS5.
    public let text: String

    private init(text: String) { self.text = text }

    /// The words that are separated by blanks; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - words: What somebody typed.
    ///   - match: Which of the words a row must have.
    ///   - isPrefix: Whether the last word may be the beginning of one, as while it is being typed.
    public init?(words: String, match: Match = .all, isPrefix: Bool = false) {
        let terms = Self.words(in: words).map(Self.quoted)
        guard !terms.isEmpty else { return nil }
        // Not " AND ": a term without letters beside it would match nothing. Side by side, such a
        // term is dropped.
        let list = terms.joined(separator: match == .all ? " " : " OR ")
        self.init(text: isPrefix ? list + "*" : list)
    }

    /// The words next to each other and in this order; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - phrase: What somebody typed.
    ///   - isPrefix: Whether the last word may be the beginning of one.
    public init?(phrase: String, isPrefix: Bool = false) {
        let words = Self.words(in: phrase)
        guard !words.isEmpty else { return nil }
        let term = Self.quoted(words.joined(separator: " "))
        self.init(text: isPrefix ? term + "*" : term)
    }

    /// Rows that both find.
    public func and(_ other: Self) -> Self { Self(text: "(\(text)) AND (\(other.text))") }

    /// Rows that at least one finds.
    public func or(_ other: Self) -> Self { Self(text: "(\(text)) OR (\(other.text))") }

    /// Rows that this one finds and the other does not.
    public func excluding(_ other: Self) -> Self { Self(text: "(\(text)) NOT (\(other.text))") }

    /// NUL is a blank here: FTS5 would stop reading at it, inside of the quotes.
    private static func words(in text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0 == "\0" }.map(String.init)
    }

    /// "Within a string, any embedded double quote characters may be escaped SQL-style - by adding
    /// a second double-quote character" (sqlite.org/fts5.html).
    ///
    /// By Unicode scalars: a quote with an accent on it is another `Character` to Swift.
    private static func quoted(_ word: String) -> String {
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in word.unicodeScalars {
            quoted.append(scalar)
            if scalar == "\"" { quoted.append(scalar) }
        }
        quoted.append("\"")
        return String(quoted)
    }
}

extension SQLiteFullTextQuery: SQLBindable {
    /// The search as text.
    public var sqlValue: SQLValue { .text(text) }
}
