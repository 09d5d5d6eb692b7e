import Testing

@testable import PostgresBackend

@Suite("What the text of a statement gives away")
struct StatementTextTests {
    @Test(
        "the first word is found behind whatever may stand before it",
        arguments: [
            ("commit", "COMMIT"), (" \t\r\nBEGIN", "BEGIN"), (";BEGIN", "BEGIN"),
            ("; ;\n/* ; */ -- ;\n;rollback", "ROLLBACK"), ("((SELECT 1))", "SELECT"),
            ("/* a /* b */ c */ END;", "END"), ("/* without an end", ""), ("-- only", ""),
            ("", ""), (";", ""), ("1", ""),
        ])
    func firstWord(text: String, word: String) {
        #expect(StatementText.firstWord(of: text) == word)
    }

    @Test("an empty statement in front hides no other", arguments: ["BEGIN", "COMMIT", "ABORT"])
    func controls(text: String) {
        #expect(StatementText.controlsTransactions(";" + text))
        #expect(!StatementText.controlsTransactions(";SELECT '\(text)'"))
    }
}
