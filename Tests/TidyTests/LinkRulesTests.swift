import Testing

@Suite("Rules of links")
struct LinkRulesTests {
    private let others = [
        SourceFile("README.md", "# Title\n\n## How it *works*: a `look`\n## Again\n## Again\n"),
        SourceFile("docs/design.md", "# Design\n\n```\n# not a heading\n```\n"),
        SourceFile("Sources/A/A.swift", ""),
    ]

    private func problems(_ text: String, at path: String = "docs/page.md") -> [Int] {
        let page = SourceFile(path, text)
        return LinkRules.brokenLinks(page, in: others + [page]).map(\.line)
    }

    @Test(
        "links that lead somewhere",
        arguments: [
            "[a](design.md)", "[a](../README.md)", "[a](./design.md#design)", "[a](../Sources/A)",
            "[a](../README.md#how-it-works-a-look)", "[a](../README.md#again-1)", "[a](..)",
            "[a](https://example.org/nothing)", "[a](mailto:a@example.org)", "`[a](nothing.md)`",
            "```\n[a](nothing.md)\n```", "[a]: design.md", "[a](design.md \"a title\")",
            "# Here\n[a](#here)", "![a](../Sources/A/A.swift)",
        ])
    func good(text: String) {
        #expect(problems(text) == [])
    }

    @Test(
        "links that do not",
        arguments: [
            "[a](nothing.md)", "[a](README.md)", "[a](../../outside.md)", "[a](design.md#nothing)",
            "[a](../README.md#again-2)", "[a]: nothing.md", "[a](#nowhere)",
            "[a](design.md#not-a-heading)", "[a](design.md) and [b](nothing.md)",
        ])
    func bad(text: String) {
        #expect(problems(text) == [1])
    }

    @Test("a link of a document at the root is relative to the root")
    func root() {
        #expect(problems("[a](docs/design.md)", at: "CONTRIBUTING.md") == [])
        #expect(problems("[a](design.md)", at: "CONTRIBUTING.md") == [1])
    }
}
