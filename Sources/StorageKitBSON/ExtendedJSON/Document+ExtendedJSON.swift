public import StorageKit

/// How much of a document's types its Extended JSON says.
public enum ExtendedJSONMode: Hashable, Sendable, CaseIterable {
    /// Every value in its type: `{"n":{"$numberInt":"1"}}`. What is read again is the same
    /// document.
    case canonical
    /// Numbers and dates as a person writes them: `{"n":1}`. What is read again is worth the same,
    /// but may have another type of number.
    case relaxed
}

extension Document {
    /// Reads a document of Extended JSON, version 2, canonical or relaxed.
    ///
    /// Numbers without a type become 32-bit integers, 64-bit integers or doubles, the first that
    /// can hold them. Objects with the name of a type, such as `$oid`, have to be of its form.
    ///
    /// The parser is the package's own: libbson's takes several texts that the specification
    /// refuses, and prints doubles with digits that nobody wrote.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for what is no Extended JSON or no document,
    ///   with the place or the path; ``StorageError/Code/limitExceeded`` for more than a hundred
    ///   documents in each other.
    /// - Complexity: Linear in the text.
    ///
    /// Source: the specification of MongoDB Extended JSON, version 2.
    public init(extendedJSON text: String) throws(StorageError) {
        var parser = JSONTextParser(text)
        var reader = ExtendedJSONReader()
        guard case .document(let document) = try reader.value(try parser.parse()) else {
            throw StorageError(
                code: .invalidArgument, message: "the Extended JSON is a value, not a document")
        }
        self = document
    }

    /// The document as Extended JSON, version 2, without white space.
    ///
    /// - Complexity: Linear in the text.
    public func extendedJSON(_ mode: ExtendedJSONMode = .canonical) -> String {
        var writer = ExtendedJSONWriter(mode: mode)
        writer.write(.document(self))
        return writer.text
    }
}
