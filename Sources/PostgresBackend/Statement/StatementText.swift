/// What the text of a statement gives away.
///
/// It is looked at only to choose how a statement is sent; to be wrong costs a round trip or throws
/// an error, and never changes what the statement does.
enum StatementText {
    /// Whether a statement that gives rows may change some, so that too many of them have to be
    /// undone.
    static func mayChange(_ text: String) -> Bool {
        switch firstWord(of: text) {
        case "SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "FETCH": return false
        case "WITH": return holdsChange(text)
        default: return true
        }
    }

    /// Whether a COPY may be one of a statement that changes rows.
    static func copyMayChange(_ text: String) -> Bool { holdsChange(text) }

    private static func holdsChange(_ text: String) -> Bool {
        let words = text.uppercased()
        return ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(where: words.contains)
    }

    /// Whether a cursor can be declared for it.
    static func isQuery(_ text: String) -> Bool {
        !mayChange(text) && ["SELECT", "VALUES", "TABLE", "WITH"].contains(firstWord(of: text))
    }

    /// Whether it may have what was done in a transaction stay.
    static func commits(_ text: String) -> Bool {
        ["COMMIT", "END", "PREPARE"].contains(firstWord(of: text))
    }

    /// Whether its rows have the same columns whenever it is run.
    static func keepsShape(_ text: String) -> Bool {
        !["FETCH", "EXECUTE"].contains(firstWord(of: text))
    }

    /// Whether it begins or ends a transaction.
    static func controlsTransactions(_ text: String) -> Bool {
        [
            "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
        ].contains(firstWord(of: text))
    }

    /// The first word in capitals, behind blanks, comments, parentheses and empty statements.
    static func firstWord(of text: String) -> String {
        var rest = text.utf8[...]
        while let byte = rest.first {
            if isBlank(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ";") {
                rest.removeFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.starts(with: "/*".utf8) {
                rest = afterComment(rest)
            } else {
                break
            }
        }
        let word = rest.prefix {
            ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
        }
        return String(Substring(word)).uppercased()
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte)
    }

    /// Comments of this kind nest.
    private static func afterComment(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text.dropFirst(2)
        var depth = 1
        while depth > 0, !rest.isEmpty {
            if rest.starts(with: "*/".utf8) {
                depth -= 1
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "/*".utf8) {
                depth += 1
                rest = rest.dropFirst(2)
            } else {
                rest = rest.dropFirst()
            }
        }
        return rest
    }
}
