package import StorageKit

/// Somebody; much about them may be unknown.
package struct Person: Codable, Hashable, Sendable, Identifiable {
    package var id: Int
    package var name: String
    package var nick: String?
    package var age: Int?
    package var score: Double
    package var active: Bool

    package init(
        id: Int, name: String, nick: String?, age: Int?, score: Double, active: Bool
    ) {
        self.id = id
        self.name = name
        self.nick = nick
        self.age = age
        self.score = score
        self.active = active
    }
}

package struct People: TableDescription {
    package typealias Row = Person
    package static let name = "person"
    package let id = TableColumn<Int>("id")
    package let name = TableColumn<String>("name")
    package let nick = TableColumn<String?>("nick")
    package let age = TableColumn<Int?>("age")
    package let score = TableColumn<Double>("score")
    package let active = TableColumn<Bool>("active")

    package init() {}
}
