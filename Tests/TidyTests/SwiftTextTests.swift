import Testing

@Suite("Swift text")
struct SwiftTextTests {
    private func code(_ text: String) -> String { SwiftText(text).code.joined(separator: "\n") }

    @Test("strings and comments are blanked out, and nothing moves")
    func blanks() {
        #expect(code("a /* b /* c */ d */ e // f") == "a                   e     ")
        #expect(code("let a = \"b\" + c") == "let a = \" \" + c")
        #expect(code("a\n// b\nc") == "a\n    \nc")
    }

    @Test("escaped quotes, raw strings and strings of several lines end where they end")
    func strings() {
        #expect(code(#"f("a\"b", c)"#) == #"f("    ", c)"#)
        #expect(code("f(#\"a\"b\"#, c)") == "f(#\"   \"#, c)")
        #expect(
            code("f(\"\"\"\n a \"b\" // c\n \"\"\", d)") == "f(\"\"\"\n           \n \"\"\", d)")
        #expect(code("f(\"\", c)") == "f(\"\", c)")
    }

    @Test("what is interpolated is code")
    func interpolation() {
        #expect(code(#""a\(b("c", d))e""#) == #"" \(b(" ", d)) ""#)
    }

    @Test("comments are kept apart")
    func comments() {
        let text = SwiftText("a // b\n\"// c\"\n/* d */")
        #expect(text.comments == ["  // b", "      ", "/* d */"])
    }
}
