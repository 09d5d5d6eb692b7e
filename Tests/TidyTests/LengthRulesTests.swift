import Testing

@Suite("Rules of length")
struct LengthRulesTests {
    @Test("a line of 100 columns is not too long and one of 101 is")
    func lines() {
        let fits = String(repeating: "x", count: 100)
        let file = SourceFile("Sources/A/A.swift", "\(fits)\n\(fits)x\n")
        #expect(LengthRules.longLines(file).map(\.line) == [2])
    }

    @Test("columns are characters, not bytes")
    func characters() {
        let file = SourceFile("A.swift", String(repeating: "ü", count: 100))
        #expect(LengthRules.longLines(file).isEmpty)
    }

    @Test("shell scripts count, documents do not")
    func kinds() {
        let long = String(repeating: "x", count: 101)
        #expect(LengthRules.longLines(SourceFile("scripts/a", "#!/bin/sh\n\(long)")).count == 1)
        #expect(LengthRules.longLines(SourceFile("scripts/lib/a.sh", long)).count == 1)
        #expect(LengthRules.longLines(SourceFile("scripts/a", "#!/usr/bin/awk\n\(long)")).isEmpty)
        #expect(LengthRules.longLines(SourceFile("README.md", long)).isEmpty)
    }

    @Test("a file of 500 lines is not too long and one of 501 is")
    func files() {
        let fits = String(repeating: "\n", count: 500)
        #expect(LengthRules.longFiles(SourceFile("A.swift", fits)).isEmpty)
        #expect(LengthRules.longFiles(SourceFile("A.swift", fits + "\n")).count == 1)
    }

    @Test("the median is that of the Swift files in Sources")
    func median() {
        let files = [1, 2, 30].map { lines in
            SourceFile("Sources/A/\(lines).swift", String(repeating: "\n", count: lines))
        }
        let others = [SourceFile("Tests/A.swift", "\n"), SourceFile("Sources/C/shim.h", "\n")]
        #expect(LengthRules.medianLength(files + others) == 2)
        #expect(LengthRules.medianLength([]) == 0)
    }
}
