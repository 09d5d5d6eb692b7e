import Testing

@Suite("Rules of imports")
struct ImportRulesTests {
    private typealias Import = ImportRules.Import

    @Test("imports are read with their attributes, kinds and submodules")
    func parsing() {
        let text = """
            import A
            public import B
            @testable import C
            internal import struct D.Thing
            import E.Sub
            // import F
            let g = "import G"
            """
        let expected = [
            Import(line: 1, attributes: "", module: "A"),
            Import(line: 2, attributes: "public", module: "B"),
            Import(line: 3, attributes: "@testable", module: "C"),
            Import(line: 4, attributes: "internal", module: "D"),
            Import(line: 5, attributes: "", module: "E"),
        ]
        #expect(ImportRules.imports(of: SourceFile("A.swift", text)) == expected)
    }

    @Test("a C module is for handle owners, and internal")
    func cImports() throws {
        let owner = try #require(ImportRules.handleOwners.first)
        func count(_ path: String, _ text: String) -> Int {
            ImportRules.cImports(SourceFile(path, text)).count
        }
        #expect(count(owner, "internal import CSQLite\n") == 0)
        #expect(count(owner, "import CSQLite\n") == 1)
        #expect(count("Sources/RelationalBackend/Other.swift", "internal import CSQLite\n") == 1)
        #expect(count("Tests/StorageKitTests/A.swift", "import CHiredis\n") == 1)
        #expect(count("Tests/ServerTests/A.swift", "import CHiredis\n") == 0)
        #expect(count("Benchmarks/Sources/A/A.swift", "import CHiredis\n") == 0)
    }

    @Test(
        "arrows that the design has",
        arguments: [
            ("StorageKit", "import Synchronization\nimport Dispatch\nimport Glibc"),
            ("StorageKitTesting", "public import StorageKit\nimport Synchronization"),
            ("RelationalBackend", "import StorageKit\nimport FoundationEssentials\nimport CSQLite"),
            ("Examples/TodoExample", "import ArgumentParser\nimport RelationalBackend"),
        ])
    func allowed(target: String, text: String) {
        #expect(ImportRules.arrows(SourceFile("Sources/\(target)/A.swift", text)).isEmpty)
    }

    @Test("what the test targets share sees none of the targets they test")
    func testSupport() {
        func count(_ path: String, _ text: String) -> Int {
            ImportRules.arrows(SourceFile(path, text)).count
        }
        #expect(count("Tests/TestSupport/A/A.swift", "import Foundation\nimport Testing") == 0)
        #expect(count("Tests/TestSupport/A/A.swift", "import KeyValueBackend") == 1)
        #expect(count("Tests/TestSupportTests/A.swift", "import KeyValueBackend") == 0)
        #expect(count("Sources/Examples/A/A.swift", "import TestSupport") == 1)
    }

    @Test(
        "arrows that it has not",
        arguments: [
            ("StorageKit", "import Foundation"), ("StorageKit", "import CSQLite"),
            ("StorageKit", "import StorageKitTesting"), ("StorageKitTesting", "import Foundation"),
            ("StorageKitTesting", "import Testing"), ("RelationalBackend", "import CLibPQ"),
            ("RelationalBackend", "import StorageKitTesting"),
            ("KeyValueBackend", "import RelationalBackend"), ("NewTarget", ""),
        ])
    func forbidden(target: String, text: String) {
        #expect(ImportRules.arrows(SourceFile("Sources/\(target)/A.swift", text)).count == 1)
    }
}
