/// Where things lie: targets, types, scripts.
enum LayoutRules {
    /// Every folder of `Sources` that holds a target is one of the manifest's.
    static func unknownTargets(_ files: [SourceFile], manifest: SourceFile) -> [Violation] {
        let targets = Set(files.compactMap(target))
        return targets.sorted().compactMap { target in
            guard !manifest.text.contains("\"\(target)\"") else { return nil }
            return manifest.violation(1, "no target for the folder \(target) of Sources")
        }
    }

    /// A file has one public type at its top, so that the type is found by the file's name.
    static func crowdedFiles(_ file: SourceFile) -> [Violation] {
        guard file.isUnder("Sources"), file.isSwift else { return [] }
        let type = /^public (?:final |indirect )*(?:struct|class|enum|actor|protocol) (\w+).*/
        let types = file.numberedCode.compactMap { number, line in
            line.wholeMatch(of: type).map { (number, $0.1) }
        }
        return types.dropFirst().map { number, name in
            file.violation(number, "\(name) is the file's second public type; give it its own")
        }
    }

    /// A command has no extension, begins with a shebang and can be run; a file that is read by
    /// others has one and cannot.
    static func scripts(_ file: SourceFile) -> [Violation] {
        guard file.isUnder("scripts") || file.isUnder(".ci") else { return [] }
        if file.fileExtension == nil, !file.hasShebang {
            return [file.violation(1, "a command without a shebang")]
        }
        if file.fileExtension == nil, !file.isExecutable {
            return [file.violation(1, "a command that is not executable; chmod +x")]
        }
        if file.isExecutable, !file.hasShebang {
            return [file.violation(1, "executable without a shebang; chmod -x")]
        }
        return []
    }

    /// The target a file of `Sources` belongs to.
    private static func target(_ file: SourceFile) -> String? {
        let parts = file.parts
        guard parts.count > 2, parts[0] == "Sources" else { return nil }
        guard parts[1] == "Examples" else { return String(parts[1]) }
        return parts.count > 3 ? String(parts[2]) : nil
    }
}
