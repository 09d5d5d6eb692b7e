extension KeysetCursor {
    /// What the text begins with; another number is another form.
    private static let version: UInt8 = 1

    /// The cursor in letters, digits, `-` and `_`, which a URL can hold as they are.
    ///
    /// It is the same in every program and stays readable for later versions of this one.
    public var text: String {
        var writer = CursorWriter()
        writer.append(Self.version)
        writer.append(order)
        for value in values { writer.append(value) }
        return writer.text
    }

    /// The cursor that ``text`` was made from.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for any other text.
    public init(_ text: String) throws(StorageError) {
        guard var reader = CursorReader(text: text) else { throw .noCursor }
        guard reader.byte() == Self.version, let order = reader.number() else { throw .noCursor }
        var values: [SQLValue] = []
        while !reader.rest.isEmpty {
            guard let value = reader.sqlValue() else { throw .noCursor }
            values.append(value)
        }
        self.init(order: order, values: values)
    }
}

extension KeysetCursor: Codable {
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
