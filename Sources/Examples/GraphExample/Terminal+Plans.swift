import ExampleSupport

extension Terminal {
    /// Something that describes itself in several lines.
    func lines(of text: some CustomStringConvertible) {
        for line in text.description.split(separator: "\n") { print("  \(line)") }
    }
}
