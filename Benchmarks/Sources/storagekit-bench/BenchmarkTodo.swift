/// The row of the relational suites.
struct BenchmarkTodo: Codable, Identifiable, Sendable {
    var id: Int
    var title: String
    var done: Bool

    /// What the C program adds up of the same row.
    var checkSum: Int64 {
        let bytes = title.utf8
        return Int64(id + bytes.count + (done ? 1 : 0)) + Int64(bytes.first ?? 0)
    }

    /// How many rows a table has that is read.
    static let count = 100_000
    /// The titles of the rows, whose ids begin with 1.
    static let titles = (1...count).map { "Task number \($0)" }
    /// Ids of rows, spread over all of them.
    static func keys(_ count: Int) -> [Int64] {
        (0..<count).map { Int64($0 * 7919 % Self.count + 1) }
    }
}
