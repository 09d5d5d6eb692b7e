#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension KeysetCursor {
    /// What the text begins with; another number is another form.
    private static let version: UInt8 = 1

    /// The cursor in letters, digits, `-` and `_`, which a URL can hold as they are.
    ///
    /// It is the same in every program and stays readable for later versions of this one.
    public var text: String {
        var writer = KeysetCursorWriter()
        writer.append(Self.version)
        writer.append(order)
        for value in values { writer.append(value) }
        return Data(writer.bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The cursor that ``text`` was made from.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for any other text.
    public init(_ text: String) throws(StorageError) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: base64) else { throw .noCursor }
        var reader = KeysetCursorReader(rest: Array(data)[...])
        guard reader.byte() == Self.version, let order = reader.number() else { throw .noCursor }
        var values: [SQLValue] = []
        while !reader.rest.isEmpty {
            guard let value = reader.value() else { throw .noCursor }
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

extension StorageError {
    fileprivate static var noCursor: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the text is no cursor, or one of another version; begin with the first page")
    }
}
