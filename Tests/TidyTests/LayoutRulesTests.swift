import Testing

@Suite("Rules of layout")
struct LayoutRulesTests {
    @Test("a folder of Sources without a target is found, an example's too")
    func targets() {
        let files = ["A/A.swift", "B/B.swift", "Examples/C/C.swift", "Examples/D/D.swift"]
            .map { SourceFile("Sources/\($0)", "") }
        let manifest = SourceFile("Package.swift", "name: \"A\", name: \"C\"")
        let found = LayoutRules.unknownTargets(files, manifest: manifest)
        #expect(found.count == 2)
        #expect(found.map(\.message).allSatisfy { $0.contains("B") || $0.contains("D") })
    }

    @Test(
        "a second public type in a file is found; nested, internal and extended ones do not count")
    func types() {
        let text = """
            public struct A {
                public enum Nested {}
            }
            struct Helper {}
            extension A {
                public struct Other {}
            }
            public final class B {}
            """
        let found = LayoutRules.crowdedFiles(SourceFile("Sources/A/A.swift", text))
        #expect(found.map(\.line) == [8])
        #expect(LayoutRules.crowdedFiles(SourceFile("Tests/A/A.swift", text)).isEmpty)
    }

    @Test("a command has a shebang and can be run, what others read need not")
    func scripts() {
        func count(_ path: String, _ text: String, _ isExecutable: Bool) -> Int {
            LayoutRules.scripts(SourceFile(path, text, isExecutable: isExecutable)).count
        }
        #expect(count("scripts/test", "#!/bin/sh\n", true) == 0)
        #expect(count(".ci/run", "#!/bin/sh\n", true) == 0)
        #expect(count("scripts/lib/common.sh", "a=1\n", false) == 0)
        #expect(count("scripts/test", "#!/bin/sh\n", false) == 1)
        #expect(count("scripts/test", "echo\n", true) == 1)
        #expect(count("scripts/lib/common.sh", "a=1\n", true) == 1)
        #expect(count("docs/test", "echo\n", false) == 0)
    }
}
