/// A cursor of pages, for which a text stands: a version, the order it belongs to, and values.
protocol CursorText {
    associatedtype Value

    /// The fingerprint of the order.
    var order: UInt64 { get }
    /// The values where the page ended.
    var values: [Value] { get }

    init(order: UInt64, values: [Value])

    static func append(_ value: Value, to writer: inout CursorWriter)
    /// The next value; `nil` when what follows is none.
    static func value(from reader: inout CursorReader) -> Value?
}

extension CursorText {
    /// What the text begins with; another number is another form.
    private static var version: UInt8 { 1 }

    var textForm: String {
        var writer = CursorWriter()
        writer.append(Self.version)
        writer.append(order)
        for value in values { Self.append(value, to: &writer) }
        return writer.text
    }

    init(textForm: String) throws(StorageError) {
        guard var reader = CursorReader(text: textForm), reader.byte() == Self.version,
            let order = reader.number()
        else { throw .noCursor }
        var values: [Value] = []
        while !reader.rest.isEmpty {
            guard let value = Self.value(from: &reader) else { throw .noCursor }
            values.append(value)
        }
        self.init(order: order, values: values)
    }
}
