/// The entity of the cache's tests: a version tells old from new.
struct Note: Identifiable, Hashable, Sendable {
    var id: Int
    var version: Int
}
