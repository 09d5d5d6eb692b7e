/// A pattern, compiled.
///
/// `Regex` stands in for Perl's patterns: it takes what both have, and they mean the same by it.
/// Letters are Unicode's scalars, not its grapheme clusters.
struct DocumentPattern {
    private let expression: DocumentRegularExpression
    private let regex: Regex<AnyRegexOutput>

    init(_ expression: DocumentRegularExpression) throws(StorageError) {
        guard expression.options.allSatisfy({ "imsx".contains($0) }) else {
            throw .invalidDocumentArgument(
                "a pattern has an option other than i, m, s and x: \(expression.options)")
        }
        self.expression = expression
        let prefix = expression.options.isEmpty ? "" : "(?\(expression.options))"
        do {
            regex = try Regex(prefix + expression.pattern)
                .matchingSemantics(.unicodeScalar)
                .asciiOnlyDigits()
        } catch {
            throw .invalidDocumentArgument("a pattern is not a regular expression")
        }
    }

    /// Whether it is found in a text; a value that is this very pattern is matched as well.
    func matches(_ value: DocumentValue) -> Bool {
        switch value {
        case .string(let text), .symbol(let text):
            (try? regex.firstMatch(in: text)) != nil
        case .regularExpression: value.isEqual(to: .regularExpression(expression))
        default: false
        }
    }
}
