/// Sources that are read on a screen: lines of 100 columns, files that are no maze.
enum LengthRules {
    static let columns = 100
    static let lines = 500
    static let median = 130

    /// No line of Swift or of a shell script is longer than 100 columns.
    static func longLines(_ file: SourceFile) -> [Violation] {
        guard file.isSwift || file.isShell else { return [] }
        return zip(1..., file.lines).compactMap { number, line in
            guard line.count > columns else { return nil }
            return file.violation(number, "\(line.count) columns, \(columns) at the most")
        }
    }

    /// No Swift file is longer than 500 lines.
    static func longFiles(_ file: SourceFile) -> [Violation] {
        guard file.isSwift, file.lines.count > lines else { return [] }
        return [file.violation(lines + 1, "\(file.lines.count) lines, \(lines) at the most")]
    }

    /// The median number of lines of the Swift files in `Sources`.
    static func medianLength(_ files: [SourceFile]) -> Int {
        let lengths = files.filter { $0.isSwift && $0.isUnder("Sources") }.map(\.lines.count)
        return lengths.isEmpty ? 0 : lengths.sorted()[lengths.count / 2]
    }
}
