// What an entity has of documents. The coders of documents know these types and take them as they
// are; what stands here is for other coders, for example JSON's in an answer to a browser.

extension ObjectID: Codable {
    /// Reads 24 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        self = try decoder.losslessText(ObjectID.self)
    }

    /// Writes 24 hexadecimal digits; in a document, the identifier itself.
    public func encode(to encoder: any Encoder) throws { try encoder.put(description) }
}

extension Decimal128: Codable {
    /// Reads a number in digits.
    public init(from decoder: any Decoder) throws {
        self = try decoder.losslessText(Decimal128.self)
    }

    /// Writes the number in digits; in a document, the decimal itself.
    public func encode(to encoder: any Encoder) throws { try encoder.put(description) }
}

extension DocumentDate: Codable {
    /// Reads milliseconds since 1970.
    public init(from decoder: any Decoder) throws {
        self.init(millisecondsSince1970: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes milliseconds since 1970; in a document, the date itself.
    public func encode(to encoder: any Encoder) throws { try encoder.put(millisecondsSince1970) }
}

extension Document: Codable {
    /// Reads every field, in the coder's order.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: FieldName.self)
        self.init(
            fields: try container.allKeys.map {
                DocumentField($0.stringValue, try container.decode(DocumentValue.self, forKey: $0))
            })
    }

    /// Writes the fields in their order; in a document, the document itself.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: FieldName.self)
        for field in fields {
            try container.encode(field.value, forKey: FieldName(stringValue: field.name))
        }
    }
}

/// Any name of a field.
private struct FieldName: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
}

extension DocumentValue: Codable {
    /// Reads what other coders have a form for: null, booleans, numbers, texts, arrays and
    /// documents.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .int64(number)
        } else if let number = try? container.decode(Double.self) {
            self = .double(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let values = try? container.decode([DocumentValue].self) {
            self = .array(values)
        } else {
            self = .document(try container.decode(Document.self))
        }
    }

    /// Writes the content; in a document, the value itself.
    ///
    /// Other coders have no form for the values of deprecated types, programs and the least and the
    /// greatest key: these throw an `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .double(let number): try encoder.put(number)
        case .string(let text): try encoder.put(text)
        case .document(let document): try document.encode(to: encoder)
        case .array(let values): try values.encode(to: encoder)
        case .binary(let binary): try binary.encode(to: encoder)
        case .objectID(let id): try id.encode(to: encoder)
        case .bool(let flag): try encoder.put(flag)
        case .date(let date): try date.encode(to: encoder)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .regularExpression(let pattern): try pattern.encode(to: encoder)
        case .int32(let number): try encoder.put(number)
        case .timestamp(let timestamp): try timestamp.encode(to: encoder)
        case .int64(let number): try encoder.put(number)
        case .decimal128(let number): try number.encode(to: encoder)
        case .undefined, .pointer, .javaScript, .symbol, .javaScriptWithScope, .minKey, .maxKey:
            throw EncodingError.invalidValue(
                self,
                EncodingError.Context(
                    codingPath: encoder.codingPath,
                    debugDescription: "a value of this type is for documents alone"))
        }
    }
}

extension Encoder {
    /// Writes a single value.
    fileprivate func put(_ value: some Encodable) throws {
        var container = singleValueContainer()
        try container.encode(value)
    }
}

extension Decoder {
    /// Reads a value that is written as a text.
    fileprivate func losslessText<Value: LosslessStringConvertible>(
        _ type: Value.Type
    ) throws -> Value {
        let container = try singleValueContainer()
        guard let value = Value(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "the text is no \(type)")
        }
        return value
    }
}
