/// What the workers read and write: a number that the primary counts up with every write.
struct Register: Identifiable, Hashable, Codable, Sendable {
    var id: Int
    var version: Int
}
