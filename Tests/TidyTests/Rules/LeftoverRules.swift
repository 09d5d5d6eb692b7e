/// Work that somebody meant to come back to, and traces of the machine it was done on.
enum LeftoverRules {
    /// A note of something to do names the issue it is done in: `TODO(#12)`.
    static func bareNotes(_ file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        let bare = /\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/
        return file.numberedComments.compactMap { number, line in
            guard let match = line.firstMatch(of: bare) else { return nil }
            return file.violation(number, "a bare \(match.1); do it, or name its issue: (#12)")
        }
    }

    /// No `fatalError` in place of code that is still to be written.
    static func unwrittenCode(_ file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        let unwritten = /fatalError\(\s*"(TODO|FIXME|not implemented|unimplemented)/.ignoresCase()
        let strings = file.lines.map { line in line.contains(unwritten) }
        return zip(file.numberedCode, strings).compactMap { line, isUnwritten in
            guard isUnwritten, line.1.contains("fatalError(") else { return nil }
            return file.violation(line.0, "code that is still to be written")
        }
    }

    /// No path that exists on one machine only.
    static func machinePaths(_ file: SourceFile) -> [Violation] {
        // The pattern is put together so that this file does not break its own rule.
        let folders = ["work", "home", "root"].joined(separator: "|")
        guard let path = try? Regex("(^|[\\s\"'`(=:,\\[])/(\(folders))/") else { return [] }
        return zip(1..., file.lines).compactMap { number, line in
            guard let match = line.firstMatch(of: path) else { return nil }
            let found = line[match.range].drop { $0 != "/" }
            return file.violation(number, "\(found) is a path of one machine")
        }
    }

    /// No test waits for time to pass; a clock of a test's own says how to.
    static func sleeps(_ file: SourceFile) -> [Violation] {
        guard file.isSwift, file.isUnder("Tests") else { return [] }
        let sleep = /\b(Task\.sleep|Thread\.sleep|usleep|nanosleep|sleep)\s*\([^)]/
        return file.numberedCode.compactMap { number, line in
            guard let match = line.firstMatch(of: sleep), !line.contains("func sleep") else {
                return nil
            }
            return file.violation(
                number, "\(match.1) in a test; wait for what happens, or move an injected clock")
        }
    }
}
