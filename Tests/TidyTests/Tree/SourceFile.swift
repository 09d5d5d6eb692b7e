/// One file of the repository as the rules see it.
struct SourceFile: Sendable {
    /// Its path from the root of the repository, with `/` between the parts.
    let path: String
    let text: String
    let isExecutable: Bool
    /// The code and the comments of a Swift file; empty for any other.
    let swift: SwiftText

    init(_ path: String, _ text: String, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
        swift = SwiftText(path.hasSuffix(".swift") ? text : "")
    }

    /// The lines; a line break at the end of the file begins no further line.
    var lines: [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last == "" ? lines.dropLast() : lines
    }

    /// The name without the folders.
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// What follows the last point of the name, if there is one after its beginning.
    var fileExtension: Substring? {
        guard let point = name.dropFirst().lastIndex(of: ".") else { return nil }
        return name[name.index(after: point)...]
    }

    var isSwift: Bool { fileExtension == "swift" }
    var isMarkdown: Bool { fileExtension == "md" }
    var hasShebang: Bool { text.hasPrefix("#!") }
    var isShell: Bool { fileExtension == "sh" || (lines.first?.isShellShebang ?? false) }

    /// The folders and the name.
    var parts: [Substring] { path.split(separator: "/") }

    func isUnder(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    func violation(_ line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line, message: message)
    }
}

extension Substring {
    fileprivate var isShellShebang: Bool { hasPrefix("#!") && hasSuffix("sh") }
}
