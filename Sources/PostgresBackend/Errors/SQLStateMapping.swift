internal import StorageKit

/// PostgreSQL's error codes as ``StorageError`` codes: the one place where they meet.
///
/// A code decides where it is listed, otherwise its class, the first two characters. Source:
/// PostgreSQL's manual, appendix A, "PostgreSQL Error Codes".
enum SQLStateMapping {
    /// What is said about one code, or about one class.
    struct Row: Sendable {
        let state: String
        let code: StorageError.Code
        let advice: String
        var isRetryable: Bool?
        /// Whether the server's own message may quote a value.
        var quotesValues = false

        init(
            _ state: String, _ code: StorageError.Code, _ advice: String,
            isRetryable: Bool? = nil, quotesValues: Bool = false
        ) {
            self.state = state
            self.code = code
            self.advice = advice
            self.isRetryable = isRetryable
            self.quotesValues = quotesValues
        }
    }

    /// The row for a code.
    static func row(for state: String) -> Row {
        rows[state] ?? rows[String(state.prefix(2))]
            ?? Row(
                state, .internalError, "PostgreSQL gave a code that this package does not know",
                quotesValues: true)
    }

    private static let rows: [String: Row] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.state, $0) })
}
