/// A pattern for texts, as Perl writes them.
public struct DocumentRegularExpression: Codable, Hashable, Sendable {
    /// The pattern, without slashes around it.
    public var pattern: String
    /// Letters in alphabetical order: `i` takes capitals for small letters, `m` lets `^` and `$`
    /// match at line breaks, `s` lets `.` match them, `x` ignores white space in the pattern.
    public var options: String

    /// Creates a pattern; the options are put into their order.
    public init(_ pattern: String, options: String = "") {
        self.pattern = pattern
        self.options = String(options.sorted())
    }
}
