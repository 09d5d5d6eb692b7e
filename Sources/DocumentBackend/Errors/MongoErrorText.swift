internal import CLibBSON

/// What libmongoc or the server said of an error; it may hold values of the statement.
///
/// It is an error's ``/StorageKit/StorageError/underlying`` and never its message.
public struct MongoErrorText: Error, Hashable, Sendable, CustomStringConvertible {
    /// The words, as they came.
    public let description: String

    init(_ error: bson_error_t) { description = Self.text(of: error) }

    init(_ description: String) { self.description = description }

    /// Whether no server was found because none proved its name.
    ///
    /// libmongoc has a code for neither: it gives the reason for each server in brackets.
    var distrustsServers: Bool {
        let reasons = description.split(separator: "[").dropFirst()
        return !reasons.isEmpty
            && reasons.allSatisfy {
                $0.hasPrefix("TLS handshake failed") && $0.contains("certificate verify failed")
            }
    }

    /// The message of an error.
    static func text(of error: bson_error_t) -> String {
        withUnsafeBytes(of: error.message) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
