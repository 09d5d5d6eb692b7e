extension Terminal {
    /// What stands in one of two columns.
    package struct Cell {
        let text: String
        let tone: Tone

        /// Creates a cell.
        package init(_ text: String, _ tone: Tone) {
            self.text = text
            self.tone = tone
        }
    }

    /// What a text is to be taken for.
    package enum Tone: String {
        case plain = ""
        case heading = "1"
        case good = "32"
        case bad = "31"
    }

    private static let columnWidth = 46

    /// A line of two columns; one that has no right side may be as long as both.
    package func columns(_ left: Cell?, _ right: Cell?) {
        let first = left?.text ?? ""
        guard let right else {
            let isWide = first.count > Self.columnWidth || left?.tone == .heading
            let end = isWide ? "" : blanks(after: first) + " │"
            return print("  " + styled(first, left?.tone) + end)
        }
        print("  \(styled(first, left?.tone))\(blanks(after: first)) │ \(styled(right))")
    }

    /// A line below the headings of two columns.
    package func rule() {
        let bar = String(repeating: "─", count: Self.columnWidth)
        print("  \(bar)─┼─\(bar)")
    }

    private func blanks(after text: String) -> String {
        String(repeating: " ", count: max(0, Self.columnWidth - text.count))
    }

    private func styled(_ cell: Cell) -> String { styled(cell.text, cell.tone) }

    private func styled(_ text: String, _ tone: Tone?) -> String {
        guard let tone, tone != .plain else { return text }
        return styled(text, tone.rawValue)
    }
}
