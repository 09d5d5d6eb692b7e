extension DocumentPageCursor {
    /// The cursor in letters, digits, `-` and `_`, which a URL can hold as they are.
    ///
    /// It is the same in every program and stays readable for later versions of this one.
    public var text: String { textForm }

    /// The cursor that ``text`` was made from.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for any other text.
    public init(_ text: String) throws(StorageError) { try self.init(textForm: text) }
}

extension DocumentPageCursor: CursorText {
    static func append(_ value: DocumentValue, to writer: inout CursorWriter) {
        writer.append(value)
    }

    static func value(from reader: inout CursorReader) -> DocumentValue? {
        reader.documentValue()
    }
}

extension DocumentPageCursor: Codable {
    /// Decodes its ``text``.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a text that is no cursor.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes its ``text``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
