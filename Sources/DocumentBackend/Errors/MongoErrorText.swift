internal import CLibBSON

/// What libmongoc or the server said of an error; it may hold values of the statement.
///
/// It is an error's ``/StorageKit/StorageError/underlying`` and never its message.
public struct MongoErrorText: Error, Hashable, Sendable, CustomStringConvertible {
    /// The words, as they came.
    public let description: String

    init(_ error: bson_error_t) { description = Self.text(of: error) }

    init(_ description: String) { self.description = description }

    /// The message of an error.
    static func text(of error: bson_error_t) -> String {
        withUnsafeBytes(of: error.message) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
