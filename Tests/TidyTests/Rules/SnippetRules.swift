/// Code in documents is code that is compiled.
///
/// A block of a document that follows `<!-- from Sources/A.swift -->` stands in that file, line by
/// line, but for its indentation. So a document cannot show what no longer compiles.
enum SnippetRules {
    /// Every block that names its file is in it.
    static func strayed(_ file: SourceFile, in files: [SourceFile]) -> [Violation] {
        guard file.isMarkdown else { return [] }
        return snippets(of: file).compactMap { snippet in
            guard let source = files.first(where: { $0.path == snippet.path }) else {
                return file.violation(snippet.line, "there is no \(snippet.path)")
            }
            guard !snippet.code.isEmpty else {
                return file.violation(snippet.line, "no code follows")
            }
            guard !stands(snippet.code, in: source.lines) else { return nil }
            return file.violation(snippet.line, "this code is not in \(snippet.path)")
        }
    }

    private struct Snippet {
        var line: Int
        var path: String
        var code: [Substring]
    }

    private static func snippets(of file: SourceFile) -> [Snippet] {
        let lines = file.lines
        return lines.indices.compactMap { index in
            guard let match = lines[index].wholeMatch(of: /<!-- from (\S+) -->/) else { return nil }
            return Snippet(
                line: index + 1, path: String(match.1), code: block(in: lines[(index + 1)...]))
        }
    }

    /// The code of the block that the lines begin with, if they begin with one.
    private static func block(in lines: ArraySlice<Substring>) -> [Substring] {
        guard let fence = lines.first, fence.hasPrefix("```") else { return [] }
        return Array(lines.dropFirst().prefix { !$0.hasPrefix("```") })
    }

    private static func stands(_ code: [Substring], in lines: [Substring]) -> Bool {
        guard code.count <= lines.count else { return false }
        let wanted = unindented(code[...])
        return (0...(lines.count - code.count)).contains {
            unindented(lines[$0..<($0 + code.count)]) == wanted
        }
    }

    /// The lines without the indentation that they share.
    private static func unindented(_ lines: ArraySlice<Substring>) -> [Substring] {
        let shared = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(shared) }
    }
}
