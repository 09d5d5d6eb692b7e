import Testing

@Suite("Rules of safety")
struct SafetyRulesTests {
    private func lines(_ text: String) -> [Int] {
        SafetyRules.promisesWithoutReason(SourceFile("Sources/A/A.swift", text)).map(\.line)
    }

    @Test(
        "a promise without a reason is found",
        arguments: [
            "final class A: @unchecked Sendable {}",
            "/// A thing.\nfinal class A: @unchecked Sendable {}",
            "// It is thread-safe.\n\nfinal class A: @unchecked Sendable {}",
            "nonisolated(unsafe) var a = 0",
            "let a = unsafeBitCast(b, to: Int.self)",
        ])
    func found(text: String) {
        #expect(
            lines(text) == [text.split(separator: "\n", omittingEmptySubsequences: false).count])
    }

    @Test(
        "a promise with its reason above is not",
        arguments: [
            "// Every access holds the lock.\nfinal class A: @unchecked Sendable {}",
            "/// Opened for use by any thread,\n/// as the manual says.\n@frozen\n"
                + "struct A: @unchecked Sendable {}",
            "    // Set once before threads begin.\n    nonisolated(unsafe) var a = 0",
            "// A comment may mention @unchecked Sendable",
            "let text = \"@unchecked Sendable\"",
        ])
    func accepted(text: String) {
        #expect(lines(text) == [])
    }

    @Test("try! is found in code, and nowhere else")
    func forcedTries() {
        let bad = SourceFile("A.swift", "let a = try! b()\n")
        let good = SourceFile("A.swift", "// no try! here\nlet a = \"try!\"\nlet b = try? c()\n")
        #expect(SafetyRules.forcedTries(bad).map(\.line) == [1])
        #expect(SafetyRules.forcedTries(good).isEmpty)
    }
}
