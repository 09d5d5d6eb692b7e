/// Fields by their names, in their order: what a stage makes of each.
///
/// It is written as a dictionary: `["likes": .sum(Post.likes), "posts": .count]`.
public struct DocumentFields<Value: Hashable & Sendable>: Hashable, Sendable {
    /// A field.
    public struct Element: Hashable, Sendable {
        /// Its name, or its path where a stage takes one.
        public var name: DocumentPath
        /// What is made of it.
        public var value: Value

        /// Creates a field.
        public init(_ name: DocumentPath, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The fields.
    public var elements: [Element]

    /// Creates fields.
    public init(_ elements: [Element] = []) { self.elements = elements }
}

extension DocumentFields: ExpressibleByDictionaryLiteral {
    /// Fields in this order.
    public init(dictionaryLiteral elements: (DocumentPath, Value)...) {
        self.init(elements.map { Element($0, $1) })
    }
}
