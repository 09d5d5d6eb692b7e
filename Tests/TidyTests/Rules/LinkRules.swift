/// Links between documents lead somewhere.
enum LinkRules {
    /// Every relative link of a Markdown file names a file or folder of the repository, and its
    /// anchor, if any, a heading of it.
    static func brokenLinks(_ file: SourceFile, in files: [SourceFile]) -> [Violation] {
        guard file.isMarkdown else { return [] }
        return links(of: file).compactMap { line, link in
            guard let problem = problem(with: link, from: file, in: files) else { return nil }
            return file.violation(line, "\(link): \(problem)")
        }
    }

    private static func problem(
        with link: String, from file: SourceFile, in files: [SourceFile]
    ) -> String? {
        let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = resolve(String(halves[0]), from: file)
        guard let path else { return "leads out of the repository" }
        let target = files.first { $0.path == path }
        let isFolder = path.isEmpty || files.contains { $0.isUnder(path) }
        guard target != nil || isFolder else { return "there is no \(path)" }
        guard halves.count == 2, let target, target.isMarkdown else { return nil }
        return anchors(of: target).contains(String(halves[1])) ? nil : "there is no such heading"
    }

    /// The path from the root that a relative one means; `nil` when it leaves the repository.
    private static func resolve(_ link: String, from file: SourceFile) -> String? {
        guard !link.isEmpty else { return file.path }
        var parts = file.parts.dropLast().map(String.init)
        for part in link.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(String(part.replacing("%20", with: " ")))
                continue
            }
            guard parts.popLast() != nil else { return nil }
        }
        return parts.joined(separator: "/")
    }

    /// The relative links and the lines they stand on.
    static func links(of file: SourceFile) -> [(line: Int, link: String)] {
        let inline = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/
        let reference = /^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s.*)?$/
        return prose(of: file).flatMap { number, line -> [(line: Int, link: String)] in
            let found =
                line.matches(of: inline).map(\.1) + line.matches(of: reference).map(\.1)
            return found.map(String.init).filter(isRelative).map { (number, $0) }
        }
    }

    private static func isRelative(_ link: String) -> Bool {
        link.prefixMatch(of: /[a-zA-Z][a-zA-Z0-9+.\-]*:|\/\//) == nil
    }

    /// The anchors that GitHub makes of the headings; a repeated one is numbered.
    static func anchors(of file: SourceFile) -> Set<String> {
        var seen: [String: Int] = [:]
        var anchors: Set<String> = []
        for (_, line) in headings(of: file) {
            let slug = slug(of: line)
            let number = seen[slug, default: 0]
            seen[slug] = number + 1
            anchors.insert(number == 0 ? slug : "\(slug)-\(number)")
        }
        return anchors
    }

    private static func slug(of heading: Substring) -> String {
        let text = heading.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.1 }.lowercased()
        let kept = text.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        return kept.replacing(" ", with: "-")
    }

    private static func headings(of file: SourceFile) -> [(Int, Substring)] {
        unfenced(file).compactMap { number, line in
            guard let match = line.wholeMatch(of: /#{1,6}\s+(.*?)\s*#*\s*/) else { return nil }
            return (number, match.1)
        }
    }

    /// The lines outside fenced code, without their inline code.
    private static func prose(of file: SourceFile) -> [(Int, Substring)] {
        unfenced(file).map { number, line in (number, line.replacing(/`[^`]*`/, with: "")) }
    }

    private static func unfenced(_ file: SourceFile) -> [(Int, Substring)] {
        var isInside = false
        return zip(1..., file.lines).filter { _, line in
            guard line.trimmed.hasPrefix("```") else { return !isInside }
            isInside.toggle()
            return false
        }
    }
}
