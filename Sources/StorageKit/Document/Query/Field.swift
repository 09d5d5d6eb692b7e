/// A field of documents, and which type its values have.
///
/// ```swift
/// extension User {
///     static let city = Field<String>("profile.location")
///     static let posts = Field<[Post]>("posts")
/// }
/// for try await user in users.find(User.city == "Berlin") { … }
/// ```
///
/// The type is a promise of the program's, not the database's: documents without the field, or
/// with something else in it, may be there all the same, and are not found by a comparison.
/// With a path alone, the type is ``DocumentValue``: `Field("profile.location") == "Berlin"`.
public struct Field<Value>: Hashable, Sendable {
    /// Where the field is.
    public let path: DocumentPath

    /// Creates a field.
    public init(_ path: DocumentPath) { self.path = path }

    /// A field inside this one; if this is an array of documents, that field of each element.
    public func appending<Inner>(_ field: Field<Inner>) -> Field<Inner> {
        Field<Inner>(path.appending(field.path))
    }
}

extension Field where Value == DocumentValue {
    /// Creates a field of any type.
    public init(_ path: DocumentPath, as type: DocumentValue.Type = DocumentValue.self) {
        self.path = path
    }
}
