/// Swift source with everything blanked out but one kind of text; lines stay where they are.
///
/// The rules look for words, and a word in a string or in a comment is not the word in code. It is
/// no parser: it knows comments, which nest, and strings of all four kinds with their
/// interpolations.
struct SwiftText: Sendable {
    /// The code: comments and the contents of strings are blanks.
    let code: [Substring]
    /// The comments: all else is blank.
    let comments: [Substring]

    init(_ text: String) {
        var scanner = SwiftScanner(text)
        scanner.scanCode(until: nil)
        code = scanner.code.split(separator: "\n", omittingEmptySubsequences: false)
        comments = scanner.comments.split(separator: "\n", omittingEmptySubsequences: false)
    }
}

extension SourceFile {
    /// The numbers of the lines, from 1, and their code.
    var numberedCode: [(Int, Substring)] { Array(zip(1..., swift.code)) }

    /// The numbers of the lines, from 1, and their comments.
    var numberedComments: [(Int, Substring)] { Array(zip(1..., swift.comments)) }
}

/// Goes through a source once; every character lands in `code` or in `comments` or in neither.
private struct SwiftScanner {
    private(set) var code = ""
    private(set) var comments = ""
    private var rest: Substring

    init(_ text: String) {
        rest = Substring(text)
    }

    /// Scans code to the end, or past the parenthesis that ends an interpolation.
    mutating func scanCode(until end: Character?) {
        var depth = 0
        while let character = rest.first {
            if rest.hasPrefix("//") {
                scanLineComment()
            } else if rest.hasPrefix("/*") {
                scanBlockComment()
            } else if let delimiter = stringDelimiter {
                scanString(delimiter)
            } else {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                take(1, asCode: true)
                if end != nil, depth < 0 { return }
            }
        }
    }

    private mutating func scanLineComment() {
        while let character = rest.first, !character.isNewline { take(1, asComment: true) }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if rest.hasPrefix("/*") {
                depth += 1
                take(2, asComment: true)
            } else if rest.hasPrefix("*/") {
                depth -= 1
                take(2, asComment: true)
            } else {
                take(1, asComment: true)
            }
        } while depth > 0 && !rest.isEmpty
    }

    private mutating func scanString(_ delimiter: (hashes: String, quotes: String)) {
        let end = delimiter.quotes + delimiter.hashes
        let escape = "\\" + delimiter.hashes
        take(end.count, asCode: true)
        while !rest.isEmpty {
            if rest.hasPrefix(end) { return take(end.count, asCode: true) }
            if delimiter.quotes.count == 1, rest.first?.isNewline == true { return }
            if rest.hasPrefix(escape + "(") {
                take(escape.count, asCode: true)
                take(1, asCode: true)
                scanCode(until: ")")
            } else {
                take(rest.hasPrefix(escape) ? escape.count + 1 : 1)
            }
        }
    }

    /// How the string begins that the rest begins with.
    private var stringDelimiter: (hashes: String, quotes: String)? {
        let hashes = rest.prefix { $0 == "#" }
        let quotes = rest.dropFirst(hashes.count).prefix { $0 == "\"" }
        guard !quotes.isEmpty else { return nil }
        return (String(hashes), quotes.count >= 3 ? "\"\"\"" : "\"")
    }

    private mutating func take(_ count: Int, asCode: Bool = false, asComment: Bool = false) {
        for character in rest.prefix(count) {
            code.append(asCode || character.isNewline ? character : " ")
            comments.append(asComment || character.isNewline ? character : " ")
        }
        rest = rest.dropFirst(count)
    }
}
