/// Encodes entities as properties of nodes and relationships.
///
/// ```swift
/// let properties = try GraphEncoder().encode(person)
/// let same = try GraphDecoder().decode(Person.self, from: properties)
/// ```
///
/// Booleans, numbers and texts are themselves, `[UInt8]` is bytes, any other array is a list. What
/// is `nil` is a property that is not there. Every other type is what its own coding makes of it:
/// an enum its raw value, a `Date` its seconds since 2001, a `UUID` its text.
public struct GraphEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// Encodes an entity.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for a field with fields of its own, a `nil`
    ///   in a list, an unsigned number beyond 64-bit integers, an outermost value without named
    ///   fields, and what the entity throws itself. The message has the field's path.
    public func encode(_ entity: some Encodable) throws(StorageError) -> [PropertyKey: GraphValue] {
        let slot = try Self.slot(of: entity)
        return try slot.properties()
    }

    /// Encodes what a single property holds; `nil` is a property that is not there.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for what ``encode(_:)`` throws it for.
    public func value(of value: some Encodable) throws(StorageError) -> GraphValue? {
        try Self.slot(of: value).value(at: [])
    }

    private static func slot(of value: some Encodable) throws(StorageError) -> GraphSlot {
        let slot = GraphSlot()
        do {
            try GraphEncoding(slot: slot, codingPath: []).encode(value)
        } catch {
            throw StorageError(encodingGraph: error)
        }
        return slot
    }
}

extension StorageError {
    /// The error for a value that a property cannot hold.
    static func graphEncoding(
        _ what: String, _ path: [String], _ cause: (any Error)? = nil
    ) -> StorageError {
        let place = path.isEmpty ? "" : "at \(path.joined(separator: ".")): "
        return StorageError(code: .encodingFailed, message: place + what, underlying: cause)
    }

    fileprivate init(encodingGraph error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case EncodingError.invalidValue(_, let context):
            self = .graphEncoding(
                "the type refuses the value", context.codingPath.map(\.stringValue), error)
        default: self = .graphEncoding("the type's own encoding failed", [], error)
        }
    }
}
