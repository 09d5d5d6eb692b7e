/// What is to be changed in a document: MongoDB's update operators as a value.
///
/// ```swift
/// let update: DocumentUpdate = [
///     User.age.increment(by: 1), User.city.set(to: "Berlin"), User.tags.push("new"),
/// ]
/// ```
///
/// The changes happen together or not at all. Two that touch the same path are
/// ``StorageError/Code/invalidArgument``, and so is none.
///
/// Source: MongoDB's manual, "Update Operators".
public struct DocumentUpdate: Hashable, Sendable {
    /// The changes.
    public var changes: [DocumentChange]
    /// Which elements `$[name]` in a path means; the filter's paths begin with the name.
    public var arrayFilters: [DocumentFilter]

    /// Creates an update.
    public init(_ changes: [DocumentChange], arrayFilters: [DocumentFilter] = []) {
        self.changes = changes
        self.arrayFilters = arrayFilters
    }
}

extension DocumentUpdate: ExpressibleByArrayLiteral {
    /// Creates an update of these changes.
    public init(arrayLiteral changes: DocumentChange...) { self.init(changes) }
}
