import Testing

@Suite("The repository is tidy")
struct RepositoryIsTidyTests {
    private let files = SourceTree.repository.files

    @Test("no line is longer than 100 columns, no Swift file longer than 500 lines")
    func length() {
        expectNone(files.flatMap(LengthRules.longLines))
        expectNone(files.flatMap(LengthRules.longFiles))
    }

    @Test("half of the files in Sources are shorter than 130 lines")
    func medianLength() {
        #expect(LengthRules.medianLength(files) < LengthRules.median)
    }

    @Test("nothing is promised to the compiler without a reason, and no error is forced away")
    func safety() {
        expectNone(files.flatMap(SafetyRules.promisesWithoutReason))
        expectNone(files.flatMap(SafetyRules.forcedTries))
    }

    @Test("no work is left lying about, no path of a machine, no sleep in a test")
    func leftovers() {
        expectNone(files.flatMap(LeftoverRules.bareNotes))
        expectNone(files.flatMap(LeftoverRules.unwrittenCode))
        expectNone(files.flatMap(LeftoverRules.machinePaths))
        expectNone(files.flatMap(LeftoverRules.sleeps))
    }

    @Test("C modules are seen by handle owners alone, and every owner on the list exists")
    func cImports() {
        expectNone(files.flatMap(ImportRules.cImports))
        #expect(ImportRules.handleOwners.isSubset(of: files.map(\.path)))
    }

    @Test("arrows between modules point as the design says")
    func arrows() {
        expectNone(files.flatMap(ImportRules.arrows))
    }

    @Test("targets are in the manifest, types in files of their own, scripts can be run")
    func layout() throws {
        let manifest = try #require(files.first { $0.path == "Package.swift" })
        expectNone(LayoutRules.unknownTargets(files, manifest: manifest))
        expectNone(files.flatMap(LayoutRules.crowdedFiles))
        expectNone(files.flatMap(LayoutRules.scripts))
    }

    @Test("links between documents lead somewhere")
    func links() {
        expectNone(files.flatMap { LinkRules.brokenLinks($0, in: files) })
    }

    @Test("code in documents that names its file stands there")
    func snippets() {
        expectNone(files.flatMap { SnippetRules.strayed($0, in: files) })
    }

    @Test("the tree that is checked is this repository, without what builds leave behind")
    func tree() {
        let paths = Set(files.map(\.path))
        #expect(paths.contains("Tests/TidyTests/RepositoryIsTidyTests.swift"))
        #expect(paths.contains("Package.swift"))
        #expect(!paths.contains { $0.hasPrefix(".build") || $0.contains("/.build") })
    }

    private func expectNone(
        _ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let list = violations.map { "\n\($0)" }.joined()
        #expect(
            violations.isEmpty, "\(violations.count) places:\(list)", sourceLocation: sourceLocation
        )
    }
}
