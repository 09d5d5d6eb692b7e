import Foundation

/// Writes the example's output: aligned, and coloured when a person is looking.
struct Terminal: Sendable {
    /// Whether colours and a progress bar make sense.
    let isRich: Bool

    init(plain: Bool) {
        let environment = ProcessInfo.processInfo.environment
        isRich =
            !plain && isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR"] == nil
            && environment["TERM"] != "dumb"
    }

    func title(_ text: String) { print("\n" + styled(text, "1")) }

    func note(_ text: String) { print("\n" + styled(text, "2")) }

    /// One step: what was done, what came of it, and how long it took.
    func step(_ what: String, _ outcome: Outcome, _ time: Duration?, _ remark: String) {
        let time = time.map(Self.milliseconds) ?? ""
        let word = styled(outcome.word.padded(to: 5), outcome.colour)
        print("  \(what.padded(to: 30)) \(word) \(time.padded(toLeft: 12))  \(remark)")
    }

    func failure(_ text: String) {
        let line = "todo-example: \(text)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }

    /// Two columns, the second to the right.
    func table(_ rows: [(name: String, value: String)]) {
        let names = rows.map(\.name.count).max() ?? 0
        let values = rows.map(\.value.count).max() ?? 0
        for row in rows {
            print("  \(row.name.padded(to: names))  \(row.value.padded(toLeft: values))")
        }
    }

    /// How a step ended, in a word.
    enum Outcome {
        case miss, hit, done, gone

        var word: String { "\(self)" }

        fileprivate var colour: String {
            switch self {
            case .miss: "33"
            case .hit: "32"
            case .done: "36"
            case .gone: "35"
            }
        }
    }

    /// A bar that is drawn over itself; nothing when nobody is looking.
    func progress(_ done: Int, of total: Int) {
        guard isRich else { return }
        let width = 40
        let filled = width * done / total
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let end = done == total ? "\r\u{1b}[K" : ""
        FileHandle.standardOutput.write(
            Data("\r  \(bar) \(done.grouped) of \(total.grouped)\(end)".utf8))
    }

    private func styled(_ text: String, _ code: String) -> String {
        isRich ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }

    static func milliseconds(_ duration: Duration) -> String {
        String(format: "%.3f ms", duration / .milliseconds(1))
    }
}

extension String {
    /// Filled with blanks at the end.
    func padded(to width: Int) -> String { self + blanks(to: width) }

    /// Filled with blanks at the front.
    func padded(toLeft width: Int) -> String { blanks(to: width) + self }

    private func blanks(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count))
    }
}

extension Int {
    /// `1234567` as `1,234,567`.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
