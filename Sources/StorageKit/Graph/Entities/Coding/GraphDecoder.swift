/// Decodes entities from the properties of nodes and relationships.
///
/// Properties that the entity does not ask for are passed over; one that is not there is `nil`. A
/// whole number is read from any number that is one, a `Double` from any number that it can hold
/// exactly, and `[UInt8]` from bytes or from a list.
public struct GraphDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes an entity from its properties.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` for a property that is missing or of another
    ///   type, a number that does not fit, and what the entity throws itself. The message has the
    ///   property's name, and what is due.
    public func decode<Entity: Decodable>(
        _ type: Entity.Type, from properties: [PropertyKey: GraphValue]
    ) throws(StorageError) -> Entity {
        try decode(type, from: .map(GraphQueryValue.fields(of: properties)))
    }

    /// Decodes a value of a query's result: an entity from a node, a relationship or a map, another
    /// type from what it is written as.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed``, as ``decode(_:from:)`` of properties does.
    public func decode<Value: Decodable>(
        _ type: Value.Type, from value: GraphQueryValue
    ) throws(StorageError) -> Value {
        do {
            return try GraphDecoding(value: value, codingPath: []).decode(type)
        } catch {
            throw StorageError(decodingGraph: error)
        }
    }
}

extension GraphQueryValue {
    static func fields(of properties: [PropertyKey: GraphValue]) -> [String: GraphQueryValue] {
        var fields: [String: GraphQueryValue] = [:]
        fields.reserveCapacity(properties.count)
        for (key, value) in properties { fields[key.name] = .value(value) }
        return fields
    }
}

extension StorageError {
    /// The error for a value that is not what the entity wants.
    static func graphDecoding(
        _ what: String, _ path: [any CodingKey], _ cause: (any Error)? = nil
    ) -> StorageError {
        let names = path.map(\.stringValue).joined(separator: ".")
        let place = path.isEmpty ? "" : "at \(names): "
        return StorageError(code: .decodingFailed, message: place + what, underlying: cause)
    }

    fileprivate init(decodingGraph error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case DecodingError.keyNotFound(let key, let context):
            self = .graphDecoding("there is no such property", context.codingPath + [key], error)
        case DecodingError.typeMismatch(let type, let context):
            self = .graphDecoding("\(type) is due", context.codingPath, error)
        case DecodingError.valueNotFound(let type, let context):
            self = .graphDecoding("a value is due, \(type)", context.codingPath, error)
        case DecodingError.dataCorrupted(let context):
            self = .graphDecoding("the type refuses the value", context.codingPath, error)
        default: self = .graphDecoding("the type's own decoding failed", [], error)
        }
    }
}
