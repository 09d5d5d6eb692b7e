package import StorageKit

/// A visit of somebody's, or of somebody unknown.
package struct Visit: Codable, Hashable, Sendable, Identifiable {
    package var id: Int
    package var person: Int?
    package var host: Int
    package var minutes: Int

    package init(id: Int, person: Int?, host: Int, minutes: Int) {
        self.id = id
        self.person = person
        self.host = host
        self.minutes = minutes
    }
}

package struct Visits: TableDescription {
    package typealias Row = Visit
    package static let name = "visit"
    package let id = TableColumn<Int>("id")
    package let person = TableColumn<Int?>("person")
    package let host = TableColumn<Int>("host")
    package let minutes = TableColumn<Int>("minutes")

    package init() {}
}
