extension String {
    /// Filled with blanks at the end.
    package func padded(to width: Int) -> String { self + blanks(to: width) }

    /// Filled with blanks at the front.
    package func padded(toLeft width: Int) -> String { blanks(to: width) + self }

    private func blanks(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count))
    }
}

extension Int {
    /// `1234567` as `1,234,567`.
    package var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
