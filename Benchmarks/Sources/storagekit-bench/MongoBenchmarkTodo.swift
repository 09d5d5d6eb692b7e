/// The document of the mongodb suite: the row of the relational suites.
struct MongoBenchmarkTodo: Codable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case title, done
    }

    var id: Int
    var title: String
    var done: Bool

    /// What the C program adds up of the same document.
    var checkSum: Int64 { BenchmarkTodo(id: id, title: title, done: done).checkSum }
}
