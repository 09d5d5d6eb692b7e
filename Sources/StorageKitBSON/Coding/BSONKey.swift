/// A name or an index on the way to a value.
struct BSONKey: CodingKey, Hashable {
    var stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(stringValue: String) { self.stringValue = stringValue }

    init(intValue: Int) { stringValue = String(intValue) }

    /// The name under which a class's values of its superclass are.
    static let superclass = BSONKey(stringValue: "super")

    /// The way, as messages say it: `posts.0.title`.
    static func words(_ path: [some CodingKey]) -> String {
        path.map(\.stringValue).joined(separator: ".")
    }
}
