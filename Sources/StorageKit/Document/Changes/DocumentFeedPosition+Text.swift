extension DocumentFeedPosition {
    /// The position in letters, digits, `-` and `_`, to be kept.
    ///
    /// It is the same in every program and stays readable for later versions of this one.
    public var text: String { textForm }

    /// The position that ``text`` was made from.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for any other text.
    public init(_ text: String) throws(StorageError) {
        do throws(StorageError) { try self.init(textForm: text) } catch {
            throw error.changed {
                $0.message = "the text is no position of a feed, or one of another version"
            }
        }
    }
}

extension DocumentFeedPosition: CursorText {
    init(order: UInt64, values: [DocumentValue]) {
        self.order = order
        self.values = values
    }

    static func append(_ value: DocumentValue, to writer: inout CursorWriter) {
        writer.append(value)
    }

    static func value(from reader: inout CursorReader) -> DocumentValue? {
        reader.documentValue()
    }
}

extension DocumentFeedPosition: Codable {
    /// Decodes its ``text``.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a text that is no position.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes its ``text``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
