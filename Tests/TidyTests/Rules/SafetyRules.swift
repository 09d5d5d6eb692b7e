/// What takes a promise from the compiler has to give a reason; what hides an error is not done.
enum SafetyRules {
    /// `@unchecked Sendable` and its like stand below a comment that says why they are right.
    static func promisesWithoutReason(_ file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        return file.numberedCode.compactMap { number, line in
            guard let word = promises.first(where: line.contains) else { return nil }
            guard !hasReason(above: number, in: file) else { return nil }
            return file.violation(
                number, "\(word) without a comment above that says why it is safe")
        }
    }

    /// No `try!`: an error that cannot happen is an error that nobody tested.
    static func forcedTries(_ file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        return file.numberedCode.compactMap { number, line in
            guard line.contains("try!") else { return nil }
            return file.violation(number, "try! stops the process; throw, or handle the error")
        }
    }

    private static let promises = ["@unchecked Sendable", "nonisolated(unsafe)", "unsafeBitCast"]

    /// Words of which a reason has at least one.
    private static let reasons = [
        "thread", "lock", "mutex", "safe", "sendable", "race", "layout", "owner", "immutable",
    ]

    /// The comment that ends on the line above, whole.
    private static func hasReason(above number: Int, in file: SourceFile) -> Bool {
        let above = file.lines[..<(number - 1)].reversed().map { $0.trimmed }
        let comment = above.drop { $0.hasPrefix("@") }.prefix { $0.hasPrefix("//") }
        let text = comment.joined(separator: " ").lowercased()
        return reasons.contains(where: text.contains)
    }
}

extension Substring {
    /// The line without the blanks around it.
    var trimmed: Substring {
        var line = drop { $0.isWhitespace }
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }
}
