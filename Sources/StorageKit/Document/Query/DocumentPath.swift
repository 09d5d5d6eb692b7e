/// Where in a document a value is: names with dots between them.
///
/// `profile.location` is the field `location` of the document `profile`. A name that is a number
/// also means that place of an array: `posts.0.title`. In a filter, a path goes through arrays:
/// `posts.likes` means the likes of every post.
///
/// An update's path may name elements of an array: `posts.$[].likes` all of them,
/// `posts.$[popular].likes` those that the update's array filter `popular` matches, and
/// `posts.$.likes` the first one that the filter of the update matched.
public struct DocumentPath: Hashable, Sendable {
    /// The path with its dots.
    public let text: String

    /// Creates a path of a text.
    ///
    /// It is checked where it is used: an empty name or one with a NUL is
    /// ``StorageError/Code/invalidArgument`` there.
    public init(_ text: String) { self.text = text }

    /// The names.
    public var components: [String] {
        text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// The identifier of a document, by which it is found and no other is.
    public static let id: DocumentPath = "_id"

    /// The path of something inside what this path leads to.
    public func appending(_ path: DocumentPath) -> DocumentPath {
        DocumentPath("\(text).\(path.text)")
    }
}

extension DocumentPath: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Creates a path of a text.
    public init(stringLiteral text: String) { self.init(text) }

    /// The path with its dots.
    public var description: String { text }
}
