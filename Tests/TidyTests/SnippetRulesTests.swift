import Testing

@Suite("Rules of code in documents")
struct SnippetRulesTests {
    private let source = SourceFile(
        "Sources/A.swift",
        """
        struct A {
            func first() {
                if true {
                    call()
                }

                end()
            }
        }

        """)

    private func problems(_ code: String, from path: String = "Sources/A.swift") -> [Int] {
        let page = SourceFile("docs/page.md", "# Page\n\n<!-- from \(path) -->\n\(code)\n")
        return SnippetRules.strayed(page, in: [source, page]).map(\.line)
    }

    @Test(
        "code that stands in the file, whatever its indentation",
        arguments: [
            "```swift\nif true {\n    call()\n}\n\nend()\n```", "```swift\n    call()\n```",
            "```swift\nstruct A {\n```",
        ])
    func good(code: String) {
        #expect(problems(code) == [])
    }

    @Test(
        "code that does not",
        arguments: [
            "```swift\nif true {\ncall()\n}\n```", "```swift\nif true {\n    call() \n}\n```",
            "```swift\nif true {\n    call()\n}\nend()\n```", "```swift\nother()\n```",
            "```swift\n```", "\n```swift\nend()\n```", "end()",
        ])
    func bad(code: String) {
        #expect(problems(code) == [3])
    }

    @Test("a file that is not there, and a block that names none")
    func files() {
        #expect(problems("```swift\nend()\n```", from: "Sources/B.swift") == [3])
        let page = SourceFile("docs/page.md", "```swift\nother()\n```\n")
        #expect(SnippetRules.strayed(page, in: [source, page]) == [])
    }
}
