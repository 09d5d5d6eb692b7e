import StorageKit

/// The table of the tasks, for typed statements.
struct Todos: TableDescription {
    typealias Row = Todo
    static let name = "todo"
    let id = TableColumn<Int>("id")
    let title = TableColumn<String>("title")
    let done = TableColumn<Bool>("done")
}
