/// A task on the list, as it is stored.
struct Todo: Codable, Equatable, Identifiable, Sendable {
    var id: Int
    var title: String
    var done: Bool
}
