import Testing

@Suite("Rules of leftovers")
struct LeftoverRulesTests {
    @Test("a bare note of something to do is found, one with its issue is not")
    func notes() {
        let text = """
            // TODO: later
            // TODO(#12): later
            /* FIXME */
            let todo = "TODO"
            let TODO = 1
            // a TODOList is a type
            """
        let found = LeftoverRules.bareNotes(SourceFile("A.swift", text))
        #expect(found.map(\.line) == [1, 3])
    }

    @Test("a fatalError in place of code is found, another is not")
    func unwritten() {
        let text = """
            fatalError("TODO")
            fatalError("not implemented")
            fatalError("the index is checked above")
            let text = #"fatalError("TODO")"#
            """
        let found = LeftoverRules.unwrittenCode(SourceFile("A.swift", text))
        #expect(found.map(\.line) == [1, 2])
    }

    @Test("a path of one machine is found in any text", arguments: ["work", "home", "root"])
    func machinePaths(folder: String) {
        let bad = ["cd /\(folder)/me", "`/\(folder)/a`", "HOME=/\(folder)/me", "(/\(folder)/a)"]
        let good = [
            "https://example.org/\(folder)/a", "$HOME/\(folder)/a", "data/\(folder)/a",
            "/\(folder)s/a", "/var/\(folder)/",
        ]
        for text in bad {
            #expect(LeftoverRules.machinePaths(SourceFile("a.md", text)).count == 1, "\(text)")
        }
        for text in good {
            #expect(LeftoverRules.machinePaths(SourceFile("a.md", text)).isEmpty, "\(text)")
        }
    }

    @Test("a sleep is found in tests only")
    func sleeps() {
        let text = """
            try await Task.sleep(for: .seconds(1))
            usleep(10)
            // Task.sleep(for: .seconds(1))
            func asleep() {}
            let sleep = 1
            model.sleep()
            func sleep(until deadline: Instant) async throws {}
            """
        let test = SourceFile("Tests/A/A.swift", text)
        #expect(LeftoverRules.sleeps(test).map(\.line) == [1, 2])
        #expect(LeftoverRules.sleeps(SourceFile("Sources/A/A.swift", text)).isEmpty)
    }
}
