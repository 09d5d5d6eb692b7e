import Foundation

/// Writes an example's output: aligned, and coloured when a person is looking.
package struct Terminal: Sendable {
    /// Whether colours and a progress bar make sense.
    package let isRich: Bool

    private let program: String

    /// Creates a terminal for a program, which is named where it fails.
    package init(program: String, plain: Bool) {
        self.program = program
        let environment = ProcessInfo.processInfo.environment
        isRich =
            !plain && isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR"] == nil
            && environment["TERM"] != "dumb"
    }

    /// A heading, and below it how it is done, if that is worth a line.
    package func title(_ text: String, _ how: String? = nil) {
        print("\n" + styled(text, "1"))
        if let how { print("  " + styled(how, "2")) }
    }

    /// A remark between the steps.
    package func note(_ text: String) { print("\n" + styled(text, "2")) }

    /// One step: what was done, what came of it, and how long it took.
    package func step(_ what: String, _ outcome: Outcome, _ time: Duration?, _ remark: String) {
        let time = time.map(Self.milliseconds) ?? ""
        let word = styled(outcome.word.padded(to: 5), outcome.colour)
        print("  \(what.padded(to: 30)) \(word) \(time.padded(toLeft: 12))  \(remark)")
    }

    /// A call and what it answered.
    package func call(_ what: String, _ answer: String) {
        print("  \(what.padded(to: 60))  \(styled(answer, "36"))")
    }

    /// What went wrong, on standard error.
    package func failure(_ text: String) {
        let line = "\(program): \(text)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }

    /// Two columns, the second to the right.
    package func table(_ rows: [(name: String, value: String)]) {
        let names = rows.map(\.name.count).max() ?? 0
        let values = rows.map(\.value.count).max() ?? 0
        for row in rows {
            print("  \(row.name.padded(to: names))  \(row.value.padded(toLeft: values))")
        }
    }

    /// A bar for each value, the longest for the greatest.
    package func chart(_ rows: [(name: String, value: Int)]) {
        let names = rows.map(\.name.count).max() ?? 0
        let values = rows.map(\.value.grouped.count).max() ?? 0
        let greatest = max(1, rows.map(\.value).max() ?? 0)
        for row in rows {
            let value = row.value.grouped.padded(toLeft: values)
            let bar = String(repeating: "█", count: max(0, 40 * row.value / greatest))
            print("  \(row.name.padded(to: names))  \(value)  \(styled(bar, "32"))")
        }
    }

    /// How a step ended, in a word.
    package enum Outcome {
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
    package func progress(_ done: Int, of total: Int) {
        guard isRich else { return }
        let width = 40
        let filled = width * done / total
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let end = done == total ? "\r\u{1b}[K" : ""
        FileHandle.standardOutput.write(
            Data("\r  \(bar) \(done.grouped) of \(total.grouped)\(end)".utf8))
    }

    func styled(_ text: String, _ code: String) -> String {
        isRich ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }

    package static func milliseconds(_ duration: Duration) -> String {
        String(format: "%.3f ms", duration / .milliseconds(1))
    }
}
